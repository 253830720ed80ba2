import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const features = join(import.meta.dirname, "..");
const asksForSecret = /type="password"|one-time-code|<\w*CredentialFields/;

// A form that is sent before its scripts run goes where its markup says, and without a method into the address: history, proxies, logs.
test("what is typed into a form with a secret never becomes part of an address", () => {
  const forms = globSync("**/*.tsx", { cwd: features })
    .map((file) => ({ file, text: readFileSync(join(features, file), "utf8") }))
    .filter(({ text }) => asksForSecret.test(text))
    .flatMap(({ file, text }) => [...text.matchAll(/<form\b[\s\S]{0,40}/g)].map(([tag]) => ({ file, tag })));
  expect(forms.length).toBeGreaterThanOrEqual(7);
  expect(forms.filter(({ tag }) => !tag.includes('method="post"')).map(({ file }) => file)).toEqual([]);
});
