"use client";

import { GitBranch, Table2 } from "lucide-react";
import { useMemo } from "react";
import { isNotFound } from "@/api/is-not-found.ts";
import { cx } from "@/ui/cx.ts";
import { NothingHere } from "@/ui/nothing-here.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import type { GraphState, SetGraphState } from "./graph-state.ts";
import { Canvas } from "./canvas.tsx";
import { drawingOf } from "./picture/marks.ts";
import { Gaps, ExposureSentence, RadiusSentence } from "./radius-sentence.tsx";
import { usePlan } from "./plan/use-plan.ts";
import { useWhatIf } from "./plan/use-what-if.ts";
import { SidePanel } from "./side-panel.tsx";
import { Switch } from "./switch.tsx";
import { useAnswers, type Answers } from "./use-answers.ts";
import { useLook } from "./use-look.ts";

interface ExplorerProps {
  readonly node: string;
  readonly state: GraphState;
  readonly setState: SetGraphState;
  /** Room for a panel beside the picture. */
  readonly wide: boolean;
}

/** Blast radius and exposure of one node: sentence, picture or table, and the way beside it. */
export function Explorer({ node, state, setState, wide }: ExplorerProps) {
  const answers = useAnswers(node, state);
  const [look, setLook] = useLook(wide);
  const { current } = answers;
  const plan = usePlan(state, setState);
  const whatIf = useWhatIf(node, { state, plan, show: answers.show });
  const picture = current.data?.picture;
  const drawing = useMemo(() => (picture ? drawingOf(picture, whatIf.after) : null), [picture, whatIf.after]);
  if (current.isError && isNotFound(current.error)) return <NothingHere path="/blast-radius" />;
  if (current.isError) return <Failure what="The access graph" error={current.error} onRetry={() => void current.refetch()} />;
  if (drawing === null || picture === undefined) return <ExplorerSkeleton />;
  return (
    <div>
      <Sentence answers={answers} view={state.view} />
      <div className="mt-6 mb-5 flex flex-wrap items-center justify-between gap-3">
        <Switch
          label="Direction"
          value={state.view}
          onChange={(view) => setState({ view, to: null, route: 0, group: null, open: [] })}
          options={[
            { value: "out", label: "What it can reach" },
            { value: "in", label: "Who can reach it" },
          ]}
        />
        <Switch
          label="Shown as"
          value={look}
          onChange={setLook}
          options={[
            { value: "picture", label: "Picture", icon: GitBranch },
            { value: "table", label: "Table", icon: Table2 },
          ]}
        />
      </div>
      <div className={cx("grid grid-cols-1 gap-x-8 gap-y-8", wide && "xl:grid-cols-[minmax(0,1fr)_320px]")}>
        <div className="min-w-0">
          <Canvas {...{ node, state, setState, look, picture, drawing }} route={answers.route} />
        </div>
        <SidePanel {...{ node, look, state, setState, answers, plan }} whatIf={whatIf.query} />
      </div>
    </div>
  );
}

function Sentence({ answers, view }: { answers: Answers; view: GraphState["view"] }) {
  if (view === "in") return answers.exposure.data ? <ExposureSentence exposure={answers.exposure.data} /> : null;
  if (!answers.radius.data) return null;
  return (
    <>
      <RadiusSentence radius={answers.radius.data} />
      <div className="mt-4 empty:hidden">
        <Gaps radius={answers.radius.data} />
      </div>
    </>
  );
}

function ExplorerSkeleton() {
  return (
    <div role="status" aria-label="Loading the access graph">
      <Skeleton className="h-6 w-full max-w-2xl" />
      <Skeleton className="mt-4 h-8 w-full max-w-xl" />
      <Skeleton className="mt-8 h-[420px] w-full" />
    </div>
  );
}
