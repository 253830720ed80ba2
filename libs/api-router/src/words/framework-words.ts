import {
  catalogueById,
  catalogues,
  controlsOfRule as mappingsOfRule,
  coverage,
  resolveCitation,
  summarise,
  type Catalogue,
  type ControlCoverage,
} from "@rollcall/framework-mapping";
import type { ControlView, FindingFilter, FrameworkView, RuleTally } from "@rollcall/posture-pipeline";
import { ruleById } from "@rollcall/risk-scoring";

type OpenByRule = Readonly<Record<string, number>>;

export interface FrameworkSummary {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly publisher: string;
  readonly summary: FrameworkView["summary"];
  /** How many controls, those with nothing below them, stand in which state now. */
  readonly statuses: Readonly<Record<ControlView["status"], number>>;
}

export interface RuleControl {
  readonly frameworkId: string;
  readonly frameworkTitle: string;
  readonly controlId: string;
  readonly label: string;
}

const covered = (catalogue: Catalogue, tallies: readonly RuleTally[], openByRule: OpenByRule): readonly ControlCoverage[] =>
  coverage(
    catalogue,
    tallies.map((tally) => ({ ...tally, findings: openByRule[tally.ruleId] ?? 0 })),
  );

function controlView(control: ControlCoverage): ControlView {
  const { state, findings, rules, ...rest } = control;
  return {
    ...rest,
    coverage: state,
    openFindings: findings,
    rules: rules.map(({ ruleId, pass, fail, unknown, notApplicable }) => ({
      ruleId,
      title: ruleById(ruleId)?.title ?? ruleId,
      pass,
      fail,
      unknown,
      notApplicable,
    })),
  };
}

/** Controls of one framework with the verdicts behind them; none when there is no such framework. */
export function controlViews(frameworkId: string, tallies: readonly RuleTally[], openByRule: OpenByRule): readonly ControlView[] {
  const catalogue = catalogueById(frameworkId);
  return catalogue === undefined ? [] : covered(catalogue, tallies, openByRule).map(controlView);
}

export function frameworkView(frameworkId: string, tallies: readonly RuleTally[], openByRule: OpenByRule): FrameworkView | null {
  const catalogue = catalogueById(frameworkId);
  if (catalogue === undefined) return null;
  const controls = covered(catalogue, tallies, openByRule);
  const { id, title, version, publisher, url, licence, attribution } = catalogue;
  return {
    id,
    title,
    version,
    publisher,
    url,
    licence,
    attribution: attribution ?? null,
    controls: controls.map(controlView),
    summary: summarise(controls),
  };
}

export const frameworkSummaries = (tallies: readonly RuleTally[]): readonly FrameworkSummary[] =>
  catalogues.map((catalogue) => {
    const controls = covered(catalogue, tallies, {});
    const parents = new Set(controls.map((control) => control.parent));
    const statuses = { ok: 0, at_risk: 0, failing: 0, unknown: 0, not_assessed: 0 };
    for (const control of controls) if (!parents.has(control.id)) statuses[control.status] += 1;
    const { id, title, version, publisher } = catalogue;
    return { id, title, version, publisher, summary: summarise(controls), statuses };
  });

/** No rule has this id: a filter that can match nothing. */
const noRule = "none";

/**
 * Which control a finding speaks to is code, not data: the filter `framework/control`, or a control id or alias of any framework, becomes
 * the rules mapped to it and to everything below it.
 */
export function rulesOfControl(filter: FindingFilter): FindingFilter {
  const { control, ...rest } = filter;
  if (control === undefined) return filter;
  const rules = rulesOfCitation(control);
  const wanted = rest.rule === undefined || rest.rule.length === 0 ? [...rules] : rest.rule.filter((rule) => rules.has(rule));
  return { ...rest, rule: wanted.length === 0 ? [noRule] : wanted };
}

function rulesOfCitation(cited: string): ReadonlySet<string> {
  const slash = cited.indexOf("/");
  const named = slash < 0 ? undefined : catalogueById(cited.slice(0, slash));
  const [within, id] = named === undefined ? [catalogues, cited] : [[named], cited.slice(slash + 1)];
  for (const catalogue of within) {
    const { controls } = resolveCitation(catalogue, id);
    if (controls.length === 0) continue;
    const all = covered(catalogue, [], {});
    return new Set(controls.flatMap((control) => all.find((each) => each.id === control.id)?.rules.map((rule) => rule.ruleId) ?? []));
  }
  return new Set();
}

export const controlsOfRule = (ruleId: string): readonly RuleControl[] =>
  mappingsOfRule(ruleId).map(({ catalogueId, controlId, label }) => ({
    frameworkId: catalogueId,
    frameworkTitle: catalogueById(catalogueId)?.title ?? catalogueId,
    controlId,
    label,
  }));
