import type { Identity, ScoreTerm } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatInterval } from "@/ui/format.ts";
import { Section } from "@/ui/page.tsx";
import { ScoreDrop, ScoreStack, termTone } from "@/ui/score.tsx";
import { ValueText } from "@/ui/time.tsx";

function Term({ term, index }: { term: ScoreTerm; index: number }) {
  const open = term.max > term.min;
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <div className="flex items-baseline gap-2">
        <span
          aria-hidden
          className={cx(
            "size-2.5 shrink-0 self-center rounded-[2px]",
            term.min > 0 ? termTone(index) : open ? "hatch border border-line-strong" : "border border-line-strong",
          )}
        />
        <span className="font-medium">{term.label}</span>
        <span className="ml-auto whitespace-nowrap">
          <span className="font-medium">{formatInterval(term)}</span> <span className="text-sm text-ink-3">of {term.cap}</span>
        </span>
      </div>
      <p className="measure pl-4.5 text-sm text-ink-2">{term.why}</p>
      {term.evidence.length > 0 ? (
        <p className="flex flex-wrap gap-x-4 pl-4.5 text-xs text-ink-3">
          {term.evidence.map((piece) => (
            <span key={piece.path}>
              {piece.label}: <ValueText value={piece.shown} />
            </span>
          ))}
        </p>
      ) : null}
    </li>
  );
}

/** The score as a sum that can be read aloud, term by term. */
export function ScoreTerms({ identity }: { identity: Identity }) {
  const unknown = identity.score.max - identity.score.min;
  return (
    <Section
      title={`Why it scores ${formatInterval(identity.score)}`}
      aside={unknown > 0 ? `${unknown} points hang on facts that are not known` : undefined}
    >
      <ScoreStack terms={identity.terms} score={identity.score} />
      <ul className="mt-2">
        {identity.terms.map((term, index) => (
          <Term key={term.id} term={term} index={index} />
        ))}
      </ul>
    </Section>
  );
}

export function WhatLowersIt({ identity }: { identity: Identity }) {
  if (identity.actions.length === 0) return null;
  return (
    <Section title="What lowers it" aside="score now and after">
      <ul>
        {identity.actions.map((action) => (
          <li
            key={`${action.playbook} ${action.label}`}
            className="flex min-h-9 items-center justify-between gap-4 border-b border-line py-1.5 last:border-b-0"
          >
            <span>{action.label}</span>
            <ScoreDrop from={identity.score} to={action} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
