import { describe, expect, it } from "vitest";
import type { AuditRow } from "@/api/views.ts";
import { actionPhrase, actorWords, detailWords, objectHref } from "./action-sentence.ts";

const row = (change: Partial<AuditRow>): AuditRow => ({
  seq: 1,
  at: "2026-01-01T00:00:00.000000Z",
  actorKind: "person",
  actorId: "u",
  actorName: "Ada",
  action: "task.claim",
  objectKind: "task",
  objectId: "t1",
  objectLabel: null,
  detail: {},
  requestId: null,
  ...change,
});

describe("a row of the audit log in words", () => {
  it("knows its actions and shows new ones readably", () => {
    expect(actionPhrase("task.claim")).toBe("claimed a task");
    expect(actionPhrase("session.others_revoked")).toBe("ended all their other sessions");
    expect(actionPhrase("vault.key_rewrapped")).toBe("vault key rewrapped");
  });
  it("says what changed, and nothing where nothing is said", () => {
    expect(detailWords(row({ detail: { from: "open", to: "claimed", assigneeId: null } }))).toBe("from Open to Claimed");
    expect(detailWords(row({ detail: { scopes: ["read", "triage"], expiresAt: "2027" } }))).toBe("scopes read, triage · expires at 2027");
  });
  it("reads conditions out, and leaves out ids that nobody reads", () => {
    const conditions = [
      { claim: "repository", match: "exact", value: "acme/shop" },
      { claim: "ref", match: "glob", value: "refs/heads/*" },
    ];
    const detail = { conditions, serviceUserId: "01a2043c-3775-731c-a6c1-26522bfd00eb", ownerUserId: "rKUtEFpRIFGX9H3cU2q9ct8lGwcO80vP" };
    expect(detailWords(row({ detail }))).toBe("conditions repository is acme/shop, ref like refs/heads/*");
  });
  it("says where data came from in words", () => {
    expect(detailWords(row({ detail: { fileCount: 1, origin: "self", files: ["Rollcall itself"] } }))).toBe(
      "Rollcall's own accounts and keys",
    );
    expect(detailWords(row({ detail: { fileCount: 3, origin: "push" } }))).toBe("3 files · pushed over the API");
  });
  it("does not name Rollcall where somebody opened a link", () => {
    expect(actorWords(row({ action: "sign_in_link.used", actorId: null, actorName: "Rollcall" }))).toBe("Somebody");
    expect(actorWords(row({ actorId: null, actorName: "Rollcall" }))).toBe("Rollcall");
  });
  it("links to what has a page", () => {
    expect(objectHref(row({}))).toBe("/tasks?queue=all&task=t1");
    expect(objectHref(row({ objectKind: "api_key" }))).toBeNull();
    expect(objectHref(row({ objectId: null }))).toBeNull();
  });
});
