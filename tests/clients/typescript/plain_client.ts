/**
 * A day's work with o.js, which knows nothing of the types and sends what it is told; queries by odata-query.
 *
 * Run with the address of the service, a token and the id of the user whose token it is.
 */
import assert from "node:assert/strict";
import { o } from "odata";
import buildQuery, { StandardAggregateMethods } from "odata-query";

type Row = Record<string, any>;

const [root, token, user] = process.argv.slice(2);
const headers = (more: Record<string, string> = {}) => ({
  "Content-Type": "application/json",
  Authorization: `Bearer ${token}`,
  ...more,
});
const service = (more?: Record<string, string>) => o(`${root}/`, { headers: new Headers(headers(more)) });
const guid = (value: string) => ({ type: "guid" as const, value });

async function refusal(attempt: Promise<unknown>): Promise<Response> {
  try {
    await attempt;
  } catch (problem) {
    return problem as Response;
  }
  throw new Error("this should have been refused");
}

async function create(): Promise<Row> {
  const account: Row = await service().post("Accounts", { company_name: "Ünder & O'Brien" }).query();
  const matter: Row = await service()
    .post("Matters", { name: "Bolt", "account@odata.bind": `Accounts(${account.id})` })
    .query();
  for (let hours = 1; hours <= 5; hours++) {
    const body = { date: "2026-01-31T00:00:00Z", hours, rate: hours > 3 ? 100 : 50 };
    await service()
      .post("TimeEntries", { ...body, matter_id: matter.id, billed_by_user_id: user })
      .query();
  }
  return matter;
}

async function read(matter: Row): Promise<void> {
  const filter = { matter_id: guid(matter.id), hours: { gt: 1, le: 4 } };
  const found: Row[] = await service()
    .get("TimeEntries" + buildQuery({ filter, orderBy: "hours desc", top: 2, skip: 1, select: ["hours"] }))
    .query();
  assert.deepEqual(found.map((entry) => entry.hours), [3, 2]);

  const expand: any = { account: { select: ["company_name"] }, time_entries: { top: 1, orderBy: "hours desc" } };
  const [seen]: Row[] = await service()
    .get("Matters")
    .query(buildQuery({ filter: { "account/company_name": "Ünder & O'Brien" }, expand }).slice(1));
  assert.equal(seen.account.company_name, "Ünder & O'Brien");
  assert.deepEqual(seen.time_entries.map((entry: Row) => entry.hours), [5]);

  const some = { time_entries: { any: { hours: { ge: 5 } } } };
  assert.equal((await service().get("Matters" + buildQuery({ filter: some })).query()).length, 1);
  assert.equal(await service().get("TimeEntries/$count").query({ $filter: "hours ge 3" }), 3);
}

async function summarize(): Promise<Row[]> {
  const aggregate = { hours: { with: StandardAggregateMethods.sum, as: "total" } };
  const transform = { groupBy: { properties: ["rate"], transform: { aggregate } } };
  return service().get("TimeEntries" + buildQuery({ transform })).query();
}

async function page(): Promise<number[]> {
  const hours: number[] = [];
  const config = { headers: new Headers(headers({ Prefer: "odata.maxpagesize=2" })), fragment: "everything" };
  let next: string | undefined = `${root}/TimeEntries?$orderby=hours&$count=true`;
  while (next) {
    const found: Row = await o(next, config).get("").query();
    assert.equal(found["@odata.count"], 5);
    hours.push(...found.value.map((entry: Row) => entry.hours));
    next = found["@odata.nextLink"];
  }
  return hours;
}

async function change(matter: Row): Promise<void> {
  const address = `Matters(${matter.id})`;
  const tag = matter["@odata.etag"];
  const after: Row = await service({ "If-Match": tag, Prefer: "return=representation" })
    .patch(address, { notes: "Seen" })
    .query();
  assert.equal(after.notes, "Seen");
  assert.equal((await refusal(service({ "If-Match": tag }).patch(address, { notes: "Late" }).query())).status, 412);
  const unknown = await refusal(service().patch(address, { note: "x" }).query());
  assert.equal(unknown.status, 400);
  assert.equal((await unknown.json()).error.details[0].target, "note");
}

async function batch(matter: Row): Promise<void> {
  const handler = o(`${root}/`, {
    headers: new Headers(headers()),
    batch: {
      endpoint: "$batch",
      headers: new Headers(headers()),
      boundaryPrefix: "batch_",
      changsetBoundaryPrefix: "changset_",
      useChangset: true,
      useRelativeURLs: false,
    },
  });
  const reads: Row[] = await handler.get(`Matters(${matter.id})`).get("TimeEntries?$top=1").batch();
  assert.deepEqual(reads.map((answer) => answer.status), [200, 200]);
  assert.equal(reads[0].body.notes, "Seen");

  const writes: Row[] = await handler
    .post("Accounts", { company_name: "First" })
    .post("Accounts", { company_name: "Second" })
    .batch();
  assert.deepEqual(writes.map((answer) => answer.status), [201, 201]);
  assert.equal(writes[1].body.company_name, "Second");
}

async function remove(matter: Row): Promise<void> {
  const [entry]: Row[] = await service().get("TimeEntries").query({ $top: 1, $orderby: "hours" });
  assert.equal((await service().delete(`TimeEntries(${entry.id})`).query()).status, 204);
  assert.equal((await refusal(service().get(`TimeEntries(${entry.id})`).query())).status, 404);
  assert.equal(await service().get(`Matters(${matter.id})/time_entries/$count`).query(), 4);
}

async function main(): Promise<void> {
  const matter = await create();
  await read(matter);
  const sums = await summarize();
  const hours = await page();
  await change(matter);
  await batch(matter);
  await remove(matter);
  console.log(JSON.stringify({ sums, hours }));
}

void main();
