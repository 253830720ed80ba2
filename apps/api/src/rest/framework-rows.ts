import type { FrameworkView } from "@rollcall/posture-pipeline";

export const frameworkColumns = [
  "control",
  "label",
  "parent",
  "coverage",
  "status",
  "reason",
  "openFindings",
  "rule",
  "ruleTitle",
  "pass",
  "fail",
  "unknown",
  "notApplicable",
] as const;

type Row = Readonly<Partial<Record<(typeof frameworkColumns)[number], string | number | null>>>;

/** As an auditor files it: what each control rests on, a row for each rule, and one for a control that rests on none. */
export const frameworkRows = ({ controls }: FrameworkView): readonly Row[] =>
  controls.flatMap(({ id, rules, aliases: _aliases, url: _url, ...control }) => {
    const own = { ...control, control: id };
    return rules.length === 0
      ? [own]
      : rules.map(({ ruleId, title, pass, fail, unknown, notApplicable }) => ({
          ...own,
          rule: ruleId,
          ruleTitle: title,
          pass,
          fail,
          unknown,
          notApplicable,
        }));
  });
