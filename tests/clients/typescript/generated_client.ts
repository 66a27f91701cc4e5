/**
 * A day's work with the generated client: makes, reads, pages, counts, changes and deletes, and prints what it saw.
 *
 * Run with the address of the service, a token and the id of the user whose token it is.
 */
import assert from "node:assert/strict";
import { FetchClient, FetchClientError } from "@odata2ts/http-client-fetch";
import type { ODataCollectionResponseV4 } from "@odata2ts/odata-core";
import { MatterbaseService } from "./generated/MatterbaseService";
import type { Matter, TimeEntry } from "./generated/MatterbaseModel";

const [root, token, user] = process.argv.slice(2);
const http = new FetchClient({ headers: { Authorization: `Bearer ${token}`, "OData-MaxVersion": "4.0" } });
const service = new MatterbaseService(http, root);

async function refusal(attempt: Promise<unknown>): Promise<FetchClientError> {
  try {
    await attempt;
  } catch (problem) {
    return problem as FetchClientError;
  }
  throw new Error("this should have been refused");
}

async function create(): Promise<Matter> {
  const account = (await service.Accounts().create({ company_name: "O'Brien & Söhne", status: "Active" })).data;
  const matter = (
    await service.Matters().create({ name: "O'Brien v. Bolt", status: "Open", rate: "Flat Rate", account_id: account.id })
  ).data;
  assert.equal(matter.account_id, account.id);
  for (let hours = 1; hours <= 7; hours++) {
    await service.TimeEntries().create({
      date: "2026-01-31T00:00:00Z",
      hours: hours / 4,
      rate: 0.1,
      description: hours % 2 ? "Draft 100%" : null,
      matter_id: matter.id,
      billed_by_user_id: user,
    } as never);
  }
  return matter;
}

async function list(matter: Matter): Promise<void> {
  const found = await service.TimeEntries().query((builder, entry) =>
    builder
      .select("id", "hours", "description")
      .filter(
        entry.matter_id.eq(matter.id),
        entry.hours.gt(0.5),
        entry.description.contains("100%").or(entry.description.eq(null)),
        entry.date.ge("2026-01-30T22:00:00-02:00"),
      )
      .orderBy(entry.hours.desc())
      .count()
      .top(2)
      .skip(1),
  );
  assert.equal(found.data["@odata.count"], 5);
  assert.deepEqual(found.data.value.map((entry) => entry.hours), [1.5, 1.25]);
  assert.deepEqual(Object.keys(found.data.value[0]).filter((name) => !name.startsWith("@")).sort(), [
    "description",
    "hours",
    "id",
  ]);
}

async function expand(matter: Matter): Promise<void> {
  const { data } = await service.Matters(matter.id).query((builder) =>
    builder
      .select("name")
      .expand("account")
      .expanding("time_entries", (inner, entry) =>
        inner.select("hours").filter(entry.hours.gt(1)).orderBy(entry.hours.asc()).top(2),
      ),
  );
  assert.equal(data.name, "O'Brien v. Bolt");
  assert.equal(data.account?.company_name, "O'Brien & Söhne");
  assert.deepEqual(data.time_entries?.map((entry) => entry.hours), [1.25, 1.5]);

  const filtered = await service.Matters().query((builder, each) =>
    builder.filter(
      each.name.toLower().contains("brien v. b"),
      each.account.props.company_name.contains("Söhne"),
      each.time_entries.any((entry) => entry.hours.eq(1.75)),
    ),
  );
  assert.deepEqual(filtered.data.value.map((each) => each.id), [matter.id]);
  assert.equal((await service.Matters(matter.id).account().query()).data.company_name, "O'Brien & Söhne");
  assert.equal((await service.Matters(matter.id).time_entries().query()).data.value.length, 7);
  assert.equal((await service.Me().query()).data.id, user);
}

async function page(matter: Matter): Promise<number> {
  const prefer = { headers: { Prefer: "odata.maxpagesize=3" } };
  const order = (await service
    .TimeEntries()
    .query((builder, entry) => builder.filter(entry.matter_id.eq(matter.id)).orderBy(entry.hours.asc()), prefer)) as {
    data: ODataCollectionResponseV4<TimeEntry> & { "@odata.nextLink"?: string };
  };
  const hours = order.data.value.map((entry) => entry.hours);
  let pages = 1;
  for (let next = order.data["@odata.nextLink"]; next; pages++) {
    const { data } = await http.get<typeof order.data>(next, prefer);
    hours.push(...data.value.map((entry) => entry.hours));
    next = data["@odata.nextLink"];
  }
  assert.deepEqual(hours, [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]);
  return pages;
}

async function change(matter: Matter): Promise<void> {
  const one = service.Matters(matter.id);
  const read = await one.query();
  const tag = read.headers.etag;
  assert.equal(tag, (read.data as { "@odata.etag"?: string })["@odata.etag"]);
  await one.patch({ name: "O'Brien v. Bolt & Co." }, { headers: { "If-Match": tag } });
  const stale = await refusal(one.patch({ name: "Late" }, { headers: { "If-Match": tag } }));
  assert.equal(stale.status, 412);
  assert.equal((await one.query()).data.name, "O'Brien v. Bolt & Co.");

  const { data } = await one.query();
  const { id, number, display_name, created_at, updated_at, account, ...body } = data;
  await one.update({ ...body, notes: "Replaced" });
  assert.equal((await one.query()).data.notes, "Replaced");
}

async function remove(matter: Matter): Promise<void> {
  const { data } = await service.TimeEntries().query((builder, entry) =>
    builder.select("id").filter(entry.matter_id.eq(matter.id), entry.hours.lt(0.3)),
  );
  await service.TimeEntries(data.value[0].id).delete();
  const gone = await refusal(service.TimeEntries(data.value[0].id).query());
  assert.equal(gone.status, 404);
}

async function fail(): Promise<string> {
  const problem = await refusal(http.get(`${root}/TimeEntries?$filter=hour gt 6`));
  assert.equal(problem.status, 400);
  const invalid = await refusal(service.Matters().create({ name: 7 } as never));
  assert.equal(invalid.status, 400);
  return problem.message;
}

async function main(): Promise<void> {
  const matter = await create();
  await list(matter);
  await expand(matter);
  const pages = await page(matter);
  await change(matter);
  await remove(matter);
  console.log(JSON.stringify({ matter: matter.id, pages, message: await fail() }));
}

void main();
