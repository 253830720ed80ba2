"use client";

import { useState } from "react";
import type { Identity } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
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

const SHOWN_RULES = 5;

function UnknownRules({ rules }: { rules: Identity["unknownRules"] }) {
  const [all, setAll] = useState(false);
  if (rules.length === 0) return null;
  return (
    <Section title={`${plural(rules.length, "check")} could not be answered`}>
      <ul>
        {(all ? rules : rules.slice(0, SHOWN_RULES)).map((rule) => (
          <li key={rule.ruleId} className="border-b border-line py-1.5 last:border-b-0">
            {rule.title}
            {rule.fields.length > 0 ? <span className="block text-sm text-ink-3">Needs: {rule.fields.join(", ")}</span> : null}
          </li>
        ))}
      </ul>
      {rules.length > SHOWN_RULES ? (
        <Button size="sm" tone="quiet" className="mt-1 -ml-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `${rules.length - SHOWN_RULES} more`}
        </Button>
      ) : null}
    </Section>
  );
}

export function OverviewTab({ identity, wide }: { identity: Identity; wide: boolean }) {
  return (
    <div className={wide ? "grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-2" : "flex flex-col gap-8"}>
      <div className="flex min-w-0 flex-col gap-8">
        <ScoreTerms identity={identity} />
        <WhatLowersIt identity={identity} />
        <UnknownRules rules={identity.unknownRules} />
      </div>
      <div className="flex min-w-0 flex-col gap-8">
        <Section title="Facts" aside="with their source and age">
          <div className="mb-3">
            <AttestForm identity={identity} />
          </div>
          <FactList facts={identity.facts} />
        </Section>
        <OwnerClaims claims={identity.ownerClaims} />
      </div>
    </div>
  );
}
