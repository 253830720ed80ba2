"use client";

import Link from "next/link";
import type { GraphNode } from "@/api/views.ts";
import { formatCount } from "@/ui/format.ts";
import { graphHref, type GraphState, type SetGraphState } from "./graph-state.ts";
import { noun, unitNote } from "./nouns.ts";
import { MemberPanel } from "./panel/member-panel.tsx";
import { RoutePanel } from "./panel/route-panel.tsx";
import { HopFixes } from "./plan/hop-fixes.tsx";
import { OfferedList } from "./plan/offered-list.tsx";
import { PlanPanel } from "./plan/plan-panel.tsx";
import type { Plan } from "./plan/use-plan.ts";
import type { useWhatIf } from "./plan/use-what-if.ts";
import type { Answers } from "./use-answers.ts";
import type { Look } from "./use-look.ts";

interface SidePanelProps {
  readonly node: string;
  /** The table lists everything already. */
  readonly look: Look;
  readonly state: GraphState;
  readonly setState: SetGraphState;
  readonly answers: Answers;
  readonly plan: Plan;
  readonly whatIf: ReturnType<typeof useWhatIf>["query"];
}

/** Beside the picture: the plan, and below it what was picked. */
export function SidePanel(props: SidePanelProps) {
  const { node, plan, state } = props;
  const planning = plan.allowed && state.view === "out";
  const idle = state.to === null && state.group === null;
  return (
    <div className="flex min-w-0 flex-col gap-8">
      {planning && plan.changes.length > 0 ? <PlanPanel plan={plan} query={props.whatIf} node={node} /> : null}
      {planning && idle && plan.changes.length > 0 ? <OfferedList node={node} plan={plan} /> : null}
      <Picked {...props} />
      {planning && idle && plan.changes.length === 0 ? <OfferedList node={node} plan={plan} /> : null}
    </div>
  );
}

/** The way to what was picked, the members of what was opened, or what weighs most. */
function Picked(props: SidePanelProps) {
  const { node, look, state, setState } = props;
  if (state.to !== null) return <WayTo {...props} />;
  if (state.group !== null) return <MembersOf {...props} group={state.group} />;
  if (look === "table") return null;
  return (
    <MemberPanel
      key={state.view}
      node={node}
      direction={state.view}
      group={null}
      title={state.view === "out" ? "What weighs most" : "Who stands nearest"}
      note={`${state.view === "out" ? "By weight and right, less the further off. " : ""}Pick one for the way there, or press a mark of the picture.`}
      chosen={state.to}
      onChoose={(to) => setState({ to, route: 0 })}
      onClose={null}
    />
  );
}

function WayTo({ node, state, setState, answers, plan }: SidePanelProps) {
  const { found, routes } = answers;
  const target = found === undefined ? null : state.view === "out" ? found.to : found.from;
  return (
    <RoutePanel
      target={target}
      routes={routes.isError ? [] : found?.routes}
      chosen={state.route}
      onChoose={(route) => setState({ route })}
      onClose={() => setState({ to: null, route: 0 })}
      none="No way is known any more. The access graph has changed since this was drawn."
      links={target ? <Onward target={target} /> : null}
      renderHop={plan.allowed && state.view === "out" ? (hop) => <HopFixes hop={hop} plan={plan} node={node} /> : undefined}
    />
  );
}

function Onward({ target }: { target: GraphNode }) {
  const identity = target.kind === "identity";
  return (
    <p className="mt-1.5 flex flex-wrap gap-x-4 text-sm">
      {identity && target.entityId ? (
        <Link className="data-link text-accent" href={`/identities/${target.entityId}`}>
          Open the identity
        </Link>
      ) : null}
      <Link className="data-link text-accent" href={graphHref(target.key, { view: identity ? "out" : "in" })}>
        {identity ? "Its blast radius" : "Who can reach it"}
      </Link>
    </p>
  );
}

function MembersOf({ node, state, setState, answers, group }: SidePanelProps & { group: string }) {
  const units = answers.current.data?.picture.units.filter((unit) => unit.group === group) ?? [];
  const first = units[0];
  const count = units.reduce((sum, unit) => sum + unit.count, 0);
  const subkind = first !== undefined && units.every((unit) => unit.subkind === first.subkind) ? first.subkind : null;
  return (
    <MemberPanel
      key={group}
      node={node}
      direction={state.view}
      group={group}
      title={first === undefined ? "Members" : `${formatCount(count)} ${noun(first.kind, subkind, count)}`}
      note={`${first?.node === null ? unitNote(first) : "What weighs most first"}. Pick one for the way there.`}
      chosen={state.to}
      onChoose={(to) => setState({ to, route: 0 })}
      onClose={() => setState({ group: null, open: state.open.filter((each) => each !== group) })}
    />
  );
}
