import type { Identity } from "@/api/views.ts";
import { plural } from "@/ui/format.ts";
import { Section } from "@/ui/page.tsx";
import { AttestForm } from "./attest-form.tsx";
import { FactList } from "./fact-list.tsx";
import { ScoreTerms, WhatLowersIt } from "./score-terms.tsx";

function OwnerClaims({ claims }: { claims: Identity["ownerClaims"] }) {
  if (claims.length === 0) return null;
  return (
    <Section title={claims.length === 1 ? "One sign of an owner" : `${claims.length} signs of an owner`} aside="by weight">
      <ul>
        {claims.map((claim) => (
          <li
            key={`${claim.label} ${claim.signal}`}
            className="flex items-baseline justify-between gap-4 border-b border-line py-1.5 last:border-b-0"
          >
            <span>
              <bdi className="font-medium">{claim.label}</bdi> <span className="text-ink-2">{claim.signal}</span>
            </span>
            <span className="text-sm whitespace-nowrap text-ink-3">
              {Math.round(claim.weight * 100)} %, {claim.status}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function UnknownRules({ rules }: { rules: Identity["unknownRules"] }) {
  if (rules.length === 0) return null;
  return (
    <Section title={`${plural(rules.length, "check")} could not be answered`}>
      <ul>
        {rules.map((rule) => (
          <li key={rule.ruleId} className="border-b border-line py-1.5 last:border-b-0">
            {rule.title}
            <span className="block font-mono text-xs text-ink-3">needs {rule.fields.join(", ")}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function OverviewTab({ identity, wide }: { identity: Identity; wide: boolean }) {
  return (
    <div className={wide ? "grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-2" : "flex flex-col gap-8"}>
      <div className="flex min-w-0 flex-col gap-8">
        <ScoreTerms identity={identity} />
        <WhatLowersIt identity={identity} />
      </div>
      <div className="flex min-w-0 flex-col gap-8">
        <Section title="Facts" aside="with their source and age">
          <FactList facts={identity.facts} />
          <div className="mt-3">
            <AttestForm identity={identity} />
          </div>
        </Section>
        <OwnerClaims claims={identity.ownerClaims} />
        <UnknownRules rules={identity.unknownRules} />
      </div>
    </div>
  );
}
