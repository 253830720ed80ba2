import type { ImportFile } from "@rollcall/posture-pipeline";
import { asObject } from "../input/json-shape.ts";
import { parseJson } from "../input/parse-json.ts";
import { peekText, readText } from "../input/read-text.ts";
import type { LeakHit, Unreadable } from "./leak.ts";
import { isGithubAlerts, readGithubAlerts } from "./reports/github-alerts.ts";
import { isGitleaks, readGitleaks } from "./reports/gitleaks.ts";
import { isSarif, readSarif } from "./reports/sarif.ts";
import { isTrufflehog, readTrufflehog } from "./reports/trufflehog.ts";

export interface Report {
  readonly hits: readonly LeakHit[];
  readonly unreadable: readonly Unreadable[];
}

const marks = [/"RuleID"\s*:/, /"DetectorName"\s*:/, /"runs"\s*:\s*(?:\[|null)/, /"secret_type"\s*:/];

/** A damaged report that carries the marks of one is still ours to explain. */
export function looksLikeSecretReport(file: ImportFile): boolean {
  const head = peekText(file);
  if (!/^\s*\uFEFF?\s*[{[]/.test(head) || !marks.some((mark) => mark.test(head))) return false;
  return !/"runs"\s*:\s*(?:\[|null)/.test(head) || /sarif|"tool"\s*:/i.test(head);
}

export function readReport(file: ImportFile): Report {
  const text = readText(file);
  const whole = parseJson(text);
  if (whole.ok) {
    if (isGitleaks(whole.value)) return { hits: readGitleaks(whole.value), unreadable: [] };
    if (isGithubAlerts(whole.value)) return { hits: readGithubAlerts(whole.value), unreadable: [] };
    if (isSarif(whole.value)) return readSarif(whole.value, file.name);
  }
  if (/"DetectorName"\s*:/.test(text)) return readLines(file.name, text);
  return {
    hits: [],
    unreadable: [
      whole.ok
        ? { where: file.name, code: "unrecognised", message: "is no report of a secret scanner that is read" }
        : { where: file.name, ...whole },
    ],
  };
}

function readLines(name: string, text: string): Report {
  const hits: LeakHit[] = [];
  const unreadable: Unreadable[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const where = `${name}:${index + 1}`;
    const parsed = parseJson(line);
    const record = parsed.ok ? asObject(parsed.value) : undefined;
    if (!parsed.ok) unreadable.push({ where, code: parsed.code, message: parsed.message });
    // The scanner also writes its own log to the same stream.
    else if (record !== undefined && isTrufflehog(record)) hits.push(readTrufflehog(record));
    else if (record === undefined || !("level" in record)) unreadable.push({ where, code: "invalid_record", message: "is not a finding" });
  }
  return { hits, unreadable };
}
