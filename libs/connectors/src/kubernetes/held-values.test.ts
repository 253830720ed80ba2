import { describe, expect, it } from "vitest";
import { heldValues } from "./held-values.ts";

const print = (secret: string): string => `print of ${secret.length}`;
const [id, key] = ["AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"];

describe("what a Secret holds", () => {
  it("is known again by the fingerprints of its values, a final line break aside", () => {
    expect(heldValues(["correct horse battery\n", "true"], print)).toEqual({ valueFingerprints: ["print of 21"] });
  });
  it.each([
    ["in two values", [id, key]],
    ["in a file of credentials", [`[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\n`]],
  ])("shows which key of AWS lies in it: %s", (_, values) => {
    expect(heldValues(values, print).accessKeyIds).toEqual([id]);
  });
  it("shows no key where the id stands alone", () => {
    expect(heldValues([id], print)).not.toHaveProperty("accessKeyIds");
  });
});
