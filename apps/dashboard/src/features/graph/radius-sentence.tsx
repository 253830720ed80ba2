import type { Exposure, Radius } from "@/api/views.ts";
import { formatCount, formatInterval, plural } from "@/ui/format.ts";
import { ScoreTrack } from "@/ui/score.tsx";
import { SeverityBadge } from "@/ui/severity.tsx";
import { Partial } from "@/ui/states.tsx";
import { word } from "@/ui/words.ts";
import { RestsOn } from "./rests-on.tsx";

const TIER_ZERO: Readonly<Record<Radius["blast"]["tierZero"], string | null>> = {
  yes: "It can come to control everything.",
  conditional: "It can come to control everything if a condition holds.",
  no: null,
};

const list = new Intl.ListFormat("en");

/** What the two ends of the interval mean, in words. */
function intervalWords({ blast, gapsTotal, lags }: Radius): string {
  const exact = blast.min === blast.max;
  const hidden = [
    ...(gapsTotal > 0 ? ["grants that could not be read"] : []),
    ...(lags.length > 0 ? ["sources that were not read lately and completely"] : []),
  ];
  if (exact && hidden.length === 0) return "Exact: no condition and no missing grant leaves it open.";
  const range = exact
    ? ""
    : `${formatInterval({ min: blast.pctMin, max: blast.pctMin })} % is certain; up to ${formatInterval({ min: blast.pctMax, max: blast.pctMax })} % if every condition that could not be checked holds. `;
  return `${range}${hidden.length > 0 ? `There may be more: ${list.format(hidden)}.` : ""}`;
}

/** The figures of a blast radius as two sentences and a line. */
export function RadiusSentence({ radius }: { radius: Radius }) {
  const { blast, atLeast } = radius;
  const least = atLeast ? "at least " : "";
  return (
    <div className="max-w-3xl">
      <p className="measure text-lg">
        It reaches {least}
        <strong className="font-semibold">{formatInterval(blast.assets)} assets</strong>, {formatCount(blast.sensitive)} of them sensitive,
        and can act as <strong className="font-semibold">{formatInterval(blast.identities)} other identities</strong>.{" "}
        {TIER_ZERO[blast.tierZero]}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="text-2xl font-semibold tracking-[-0.02em]">
          {atLeast ? "\u2265\u2009" : ""}
          {formatInterval({ min: blast.pctMin, max: blast.pctMax })}&thinsp;%
        </span>
        <SeverityBadge severity={blast.severity} />
        <span className="min-w-40 flex-1">
          <ScoreTrack score={{ min: blast.pctMin, max: blast.pctMax }} band={blast.severity} className="h-2" />
        </span>
      </div>
      <p className="mt-2 text-sm text-ink-2">
        of the weight of everything known. {intervalWords(radius)}
        {blast.environments.length > 1 ? ` It crosses ${list.format(blast.environments.map((each) => word(each).toLowerCase()))}.` : ""}
        {blast.escalations.length > 0
          ? ` Its own grants allow ${plural(blast.escalations.length, "way", "ways")} to raise its privileges (${blast.escalations.join(", ")}).`
          : ""}
      </p>
      <RestsOn lags={radius.lags} oldest={radius.oldest} />
    </div>
  );
}

/** Who can reach it, as one sentence and the share of all identities. */
export function ExposureSentence({ exposure }: { exposure: Exposure }) {
  const { reachers, pct, byLevel, atLeast } = exposure;
  const levels = [
    byLevel.admin > 0 ? `${formatCount(byLevel.admin)} with full control` : null,
    byLevel.write > 0 ? `${formatCount(byLevel.write)} can change it` : null,
    byLevel.read > 0 ? `${formatCount(byLevel.read)} can read it` : null,
  ].filter((each) => each !== null);
  return (
    <div className="max-w-3xl">
      <p className="measure text-lg">
        {atLeast ? "At least " : ""}
        <strong className="font-semibold">{formatInterval(reachers.identities)} identities</strong> can reach it, {formatInterval(pct)} % of
        all
        {levels.length > 0 ? `: ${list.format(levels)}` : ""}.
      </p>
      <p className="mt-1 text-sm text-ink-2">
        {formatInterval(reachers.credentials)} credentials open a way to it.{" "}
        {reachers.outsiders.max > 0
          ? `${formatInterval(reachers.outsiders)} of those who reach it stand outside of what is connected.`
          : "Nobody from outside of what is connected is known to reach it."}
      </p>
      <RestsOn lags={exposure.lags} />
    </div>
  );
}

const GAP_WORDS: Readonly<Record<string, string>> = {
  policy_document_missing: "Policy without its text",
  policy_invalid: "Policy that cannot be read",
  not_modelled: "Not modelled",
  unresolved_reference: "Names something unknown",
};
export const gapWord = (what: string): string => GAP_WORDS[what] ?? word(what);

/** Who, and why what it may do could not be told; the exact id where somebody looks for it. */
export const Gap = ({ gap }: { gap: Radius["gaps"][number] }) => (
  <>
    <bdi className="font-medium text-ink" title={gap.ref}>
      {gap.who}
    </bdi>
    : {gap.detail}
  </>
);

const SHOWN = 4;

export function Gaps({ radius }: { radius: Radius }) {
  if (radius.gapsTotal === 0) return null;
  const more = radius.gapsTotal - SHOWN;
  return (
    <Partial>
      <p className="font-medium text-ink">This is the least it can reach. What is missing could add to it:</p>
      <ul className="mt-1">
        {radius.gaps.slice(0, SHOWN).map((gap) => (
          <li key={gap.ref + gap.detail} className="wrap-anywhere">
            <Gap gap={gap} />
          </li>
        ))}
        {more > 0 ? <li>and {formatCount(more)} more</li> : null}
      </ul>
    </Partial>
  );
}
