import { describe, expect, it } from "vitest";
import { boxKeyOf, newBoxSeed, openCredential, rewrapCredential, sealCredential } from "./credential-box.ts";

const key = boxKeyOf("11".repeat(32));
const other = boxKeyOf("22".repeat(32));
const context = "workspace|source|authorization|1";
const secret = "ghp_only-for-this-test";

describe("a sealed credential", () => {
  it("opens with the private key, and each sealing is another one", () => {
    const [one, two] = [sealCredential(key, context, secret), sealCredential(key, context, secret)];
    expect(openCredential([other, key], context, one)).toBe(secret);
    expect(Buffer.compare(one, two)).not.toBe(0);
    expect(Buffer.from(one).includes(secret)).toBe(false);
  });
  it("is sealed with the public half alone", () => {
    const { keyId, publicKey } = key;
    expect(openCredential([key], context, sealCredential({ keyId, publicKey }, context, secret))).toBe(secret);
  });
  it("opens nowhere else and under no other key", () => {
    const sealed = sealCredential(key, context, secret);
    expect(() => openCredential([key], "workspace|other|authorization|1", sealed)).toThrow(/belongs elsewhere/);
    expect(() => openCredential([other], context, sealed)).toThrow(new RegExp(key.keyId));
    expect(() => openCredential([{ ...other, keyId: key.keyId }], context, sealed)).toThrow(/changed/);
  });
  it("opens not at all when a single bit of it was changed or it was cut", () => {
    const sealed = sealCredential(key, context, secret);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed);
      changed[at]! ^= 1;
      expect(() => openCredential([key], context, changed), `byte ${at}`).toThrow(/stored credential/);
      expect(() => openCredential([key], context, sealed.subarray(0, at)), `cut at ${at}`).toThrow(/stored credential/);
    }
  });
  it("moves to another key without being read by it before", () => {
    const sealed = sealCredential(key, context, secret);
    const moved = rewrapCredential([key], other, { context, sealed });
    expect(openCredential([other], context, moved)).toBe(secret);
    expect(() => openCredential([key], context, moved)).toThrow();
    expect(() => rewrapCredential([other], key, { context, sealed })).toThrow();
    expect(() => rewrapCredential([key], other, { context: "else", sealed })).toThrow();
  });
  it("needs a whole key", () => {
    expect(() => boxKeyOf("abc")).toThrow(/64 hex/);
    expect(boxKeyOf(newBoxSeed()).keyId).not.toBe(boxKeyOf(newBoxSeed()).keyId);
    expect(() => sealCredential({ ...key, publicKey: other.publicKey }, context, secret)).toThrow(/damaged/);
  });
});
