"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Connector } from "@/api/views.ts";
import { CodeBlock } from "@/ui/code-block.tsx";
import { Section } from "@/ui/page.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { TabPanel, Tabs } from "@/ui/tabs.tsx";

function Guide({ connector }: { connector: Connector }) {
  return (
    <div className="flex flex-col gap-5">
      <p className="measure text-ink-2">{connector.summary}</p>
      {connector.howToExport.map((step) => (
        <div key={step.title}>
          <h3 className="mb-1.5 text-sm font-medium">{step.title}</h3>
          <CodeBlock code={step.command} label={`Command: ${step.title}`} />
        </div>
      ))}
      {connector.leastPrivilegePolicy ? (
        <div>
          <h3 className="text-sm font-medium">The least permission that these commands need</h3>
          <p className="mb-1.5 text-sm text-ink-3">It reads descriptions, never secrets or data.</p>
          <CodeBlock code={connector.leastPrivilegePolicy} label="Least-privilege policy" />
        </div>
      ) : null}
      <p className="text-sm text-ink-3">Accepts {connector.accepts}.</p>
    </div>
  );
}

/** How to get the files, per kind of source, as commands to copy. */
export function ConnectorGuide() {
  const trpc = useTRPC();
  const query = useQuery(trpc.sources.connectors.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  if (query.isError) return <Failure what="The list of connectors" error={query.error} onRetry={() => void query.refetch()} />;
  // Systems that are read with a permission of theirs come first: that is what most people bring.
  const connectors = (query.data ?? []).toSorted(
    (a, b) => Number(a.leastPrivilegePolicy === null) - Number(b.leastPrivilegePolicy === null),
  );
  const current = chosen ?? connectors[0]?.id ?? "";
  return (
    <Section title="How to get the files">
      {query.data ? (
        <Tabs
          label="Kinds of source"
          items={connectors.map((connector) => ({ id: connector.id, label: connector.title }))}
          value={current}
          onChange={setChosen}
        >
          {connectors.map((connector) => (
            <TabPanel key={connector.id} id={connector.id}>
              <Guide connector={connector} />
            </TabPanel>
          ))}
        </Tabs>
      ) : (
        <Skeleton className="h-80" />
      )}
    </Section>
  );
}
