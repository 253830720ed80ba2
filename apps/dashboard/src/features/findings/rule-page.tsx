"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { csvHref } from "@/api/csv-href.ts";
import { useTRPC } from "@/api/trpc.ts";
import type { Rule } from "@/api/views.ts";
import { IdentityDrawer } from "@/features/identity/identity-drawer.tsx";
import { CsvLink } from "@/ui/csv-link.tsx";
import { formatCount } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";
import { QueryPage } from "@/ui/query-page.tsx";
import { SeverityBadge } from "@/ui/severity.tsx";
import { usePageTitle } from "@/ui/use-page-title.ts";
import { word } from "@/ui/words.ts";
import { FindingRows } from "./finding-rows.tsx";

function Remediation({ rule }: { rule: Rule }) {
  const { remediation } = rule;
  return (
    <Section title={remediation.action}>
      <ol className="measure list-decimal space-y-1 pl-5 marker:text-ink-3">
        {remediation.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <dl className="mt-4 flex flex-col gap-3">
        <div>
          <dt className="text-sm text-ink-3">What can break</dt>
          <dd className="measure">{remediation.breaks}</dd>
        </div>
        <div>
          <dt className="text-sm text-ink-3">How the next sync verifies it</dt>
          <dd className="measure">{remediation.verify}</dd>
        </div>
      </dl>
    </Section>
  );
}

function Context({ rule }: { rule: Rule }) {
  return (
    <div className="flex flex-col gap-8">
      {rule.params.length > 0 ? (
        <Section title="What it measures against">
          <dl>
            {rule.params.map((param) => (
              <div key={param.name} className="flex justify-between gap-4 border-b border-line py-1.5 last:border-b-0">
                <dt>{param.label}</dt>
                <dd className="whitespace-nowrap">
                  {formatCount(param.value)} {param.unit}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ) : null}
      {rule.controls.length > 0 ? (
        <Section title="Evidence for">
          <ul>
            {rule.controls.map((control) => (
              <li key={`${control.frameworkId} ${control.controlId}`} className="border-b border-line py-1.5 last:border-b-0">
                <Link href={`/frameworks/${control.frameworkId}#${encodeURIComponent(control.controlId)}`} className="data-link">
                  <span className="font-mono text-xs text-ink-3">{control.controlId}</span> {control.label}
                </Link>
                <span className="block text-xs text-ink-3">{control.frameworkTitle}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  );
}

function RuleReport({ rule }: { rule: Rule }) {
  const [identity, setIdentity] = useQueryState("identity", parseAsString.withOptions({ history: "push" }));
  return (
    <>
      <header className="mb-8">
        <p className="flex items-center gap-3 text-sm text-ink-3">
          <SeverityBadge severity={rule.severity} />
          <span>{word(rule.phase)}</span>
          <span className="font-mono text-xs">{rule.ruleId}</span>
        </p>
        <h1 className="mt-1 text-xl font-semibold tracking-[-0.01em]">{rule.title}</h1>
        <p className="measure mt-2 text-ink-2">{rule.rationale}</p>
      </header>
      <div className="mb-10 grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
        <Remediation rule={rule} />
        <Context rule={rule} />
      </div>
      <Section
        title="Open findings"
        aside={<CsvLink href={csvHref("findings", { rule: [rule.ruleId], state: "open" })} what="these findings" />}
      >
        <FindingRows filter={{ rule: [rule.ruleId], state: "open" }} pageSize={50} onOpenSubject={(id) => void setIdentity(id)} />
      </Section>
      <IdentityDrawer id={identity} onClose={() => void setIdentity(null)} />
    </>
  );
}

export function RulePage({ ruleId }: { ruleId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.findings.rule.queryOptions({ ruleId }));
  usePageTitle(query.data?.title);
  return (
    <QueryPage what="This rule" query={query} parent={{ href: "/findings", label: "Findings" }}>
      {(rule) => <RuleReport rule={rule} />}
    </QueryPage>
  );
}
