"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { Control, Framework } from "@/api/views.ts";
import { Button, DownloadLink } from "@/ui/button.tsx";
import { PageTitle } from "@/ui/page.tsx";
import { QueryPage } from "@/ui/query-page.tsx";
import { usePageTitle } from "@/ui/use-page-title.ts";
import { ControlItem } from "./control-item.tsx";
import { CoverageBar, coverageSentence } from "./coverage-bar.tsx";

/** Parents before their children, each with how deep it stands. */
function inTreeOrder(controls: readonly Control[]): readonly { readonly control: Control; readonly depth: number }[] {
  const children = Map.groupBy(controls, (control) => control.parent);
  const walk = (parent: string | null, depth: number): { control: Control; depth: number }[] =>
    (children.get(parent) ?? []).flatMap((control) => [{ control, depth }, ...walk(control.id, depth + 1)]);
  return walk(null, 0);
}

const withStop = (sentence: string): string => (sentence.endsWith(".") ? sentence : `${sentence}.`);

function Origin({ framework }: { framework: Framework }) {
  return (
    <p className="mt-8 measure text-xs text-ink-3">
      {framework.attribution ? `${withStop(framework.attribution)} ` : ""}Licence: {withStop(framework.licence)}{" "}
      <a href={framework.url} target="_blank" rel="noreferrer" className="underline">
        Source
      </a>
    </p>
  );
}

function FrameworkReport({ framework }: { framework: Framework }) {
  return (
    <>
      <PageTitle title={framework.title} note={`${framework.publisher}, ${framework.version}. ${coverageSentence(framework.summary)}.`}>
        <DownloadLink href={`/api/v1/frameworks/${encodeURIComponent(framework.id)}?format=csv`} data-print="hide">
          Export CSV
        </DownloadLink>
        <Button onClick={() => window.print()} data-print="hide">
          Print
        </Button>
      </PageTitle>
      <div className="mb-6 max-w-2xl">
        <CoverageBar summary={framework.summary} />
      </div>
      <ul className="border-t border-line">
        {inTreeOrder(framework.controls).map(({ control, depth }) => (
          <ControlItem key={control.id} control={control} depth={depth} />
        ))}
      </ul>
      <Origin framework={framework} />
    </>
  );
}

export function FrameworkPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.frameworks.get.queryOptions({ id }));
  usePageTitle(query.data?.title);
  return (
    <QueryPage what="This framework" query={query} parent={{ href: "/frameworks", label: "Frameworks" }}>
      {(framework) => <FrameworkReport framework={framework} />}
    </QueryPage>
  );
}
