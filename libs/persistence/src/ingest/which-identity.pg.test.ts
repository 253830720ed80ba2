import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credentialOf, identityOf } from "../testing/estate.ts";
import { IngestRig } from "../testing/ingest-rig.ts";

const day = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00.000Z`;

describe("which identity a statement is about", () => {
  let rig: IngestRig;
  beforeAll(async () => {
    rig = await IngestRig.start();
  });
  beforeEach(async () => {
    rig.workspace = await rig.newWorkspace();
  });
  afterAll(() => rig?.end());

  it("knows a returning identity by its native id, and a recycled name as somebody else", async () => {
    await rig.run({ asOf: day(1), observations: [identityOf("ci"), credentialOf("ci", "AKIA1"), identityOf("keep")] });
    const [original] = await rig.rows("select id from identity where name = 'ci'");
    await rig.run({
      asOf: day(2),
      observations: [identityOf("ci", { nativeId: "other" }), credentialOf("ci", "AKIA1"), identityOf("keep")],
    });
    expect(await rig.rows("select native_id, gone_at from identity where name = 'ci' order by native_id")).toEqual([
      { native_id: "native-ci", gone_at: day(2) },
      { native_id: "other", gone_at: null },
    ]);
    expect(await rig.rows("select i.native_id from credential c join identity i on i.id = c.identity_id")).toEqual([
      { native_id: "other" },
    ]);
    await rig.run({ asOf: day(3), observations: [identityOf("ci"), credentialOf("ci", "AKIA1"), identityOf("keep")] });
    expect(await rig.rows("select id from identity where name = 'ci' and gone_at is null")).toEqual([original]);
    expect(await rig.rows("select i.native_id from credential c join identity i on i.id = c.identity_id")).toEqual([
      { native_id: "native-ci" },
    ]);
    expect(
      (await rig.changes())
        .map((change) => change.what)
        .filter((what) => what !== "credential_added")
        .sort(),
    ).toEqual(["created", "created", "created", "gone", "gone", "revived"]);
  });

  it("follows a rename by native id, even when two swap their names", async () => {
    await rig.run({ asOf: day(1), observations: [identityOf("a"), identityOf("b")] });
    const before = await rig.rows("select id, native_id from identity order by native_id");
    await rig.run({ asOf: day(2), observations: [identityOf("a", { nativeId: "native-b" }), identityOf("b", { nativeId: "native-a" })] });
    expect(await rig.rows("select id, native_id from identity order by native_id")).toEqual(before);
    expect(await rig.rows("select native_id, ref from identity order by native_id")).toEqual([
      { native_id: "native-a", ref: "ref/b" },
      { native_id: "native-b", ref: "ref/a" },
    ]);
  });

  it("adopts an identity that was only mentioned before its own listing came", async () => {
    const mentioned = identityOf("ci", { nativeId: undefined });
    await rig.run({ asOf: day(1), dataset: "credential_report", observations: [mentioned] });
    const before = await rig.rows("select id, native_id from identity");
    expect(before).toMatchObject([{ native_id: null }]);
    await rig.run({ asOf: day(1), observations: [identityOf("ci")] });
    expect(await rig.rows("select id, native_id from identity")).toEqual([{ id: before[0].id, native_id: "native-ci" }]);
  });

  it("keeps a credential of an unknown identity and links it when the identity appears", async () => {
    await rig.run({ asOf: day(1), dataset: "credential_report", observations: [credentialOf("ci", "AKIA1")] });
    expect(await rig.rows("select 1 from credential")).toEqual([]);
    await rig.run({ asOf: day(1), observations: [identityOf("ci")] });
    expect(await rig.rows("select i.name from credential c join identity i on i.id = c.identity_id")).toEqual([{ name: "ci" }]);
  });
});
