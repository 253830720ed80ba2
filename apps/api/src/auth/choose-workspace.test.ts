import { expect, test } from "vitest";
import { chooseWorkspace } from "./choose-workspace.ts";

const [first, second, foreign] = ["1", "2", "3"].map((digit) => ({ id: `${digit.repeat(8)}-1111-7111-8111-111111111111` }));
const theirs = [first!, second!];
const cookie = (id: string): string => `session=abc; rollcall_workspace=${id}; theme=dark`;

test.each([
  ["the one they chose", cookie(second!.id), second],
  ["the first without a choice", "session=abc", first],
  ["the first when the choice is not theirs", cookie(foreign!.id), first],
  ["the first when the choice is no id", cookie("../../etc"), first],
  ["the first when another cookie only ends like it", `x${cookie(second!.id).slice(13)}`, first],
])("a person is in %s", (_name, header, expected) => expect(chooseWorkspace(header, theirs)).toBe(expected));

test("who has no workspace is in none", () => expect(chooseWorkspace(cookie(first!.id), [])).toBeNull());
