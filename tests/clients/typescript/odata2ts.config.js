// What the server works out by itself; nobody has to give it to create something.
const managed = ["display_name", "created_at", "updated_at", "number"].map((name) => ({ name, managed: true }));

const { EmitModes, Modes } = require("@odata2ts/odata2ts");

module.exports = {
  mode: Modes.service,
  emitMode: EmitModes.ts,
  services: {
    matterbase: { source: "metadata.xml", output: "generated", propertiesByName: managed },
  },
};
