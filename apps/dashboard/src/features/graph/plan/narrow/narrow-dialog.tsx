"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { NarrowStatement, PlanChange, PolicyStatement, PolicyView } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { SelectField } from "@/ui/field.tsx";
import { Failure, Partial, Skeleton } from "@/ui/states.tsx";
import type { Plan } from "../use-plan.ts";
import { ConditionList } from "./condition-list.tsx";
import { NarrowingEffect } from "./narrowing-effect.tsx";
import { PartList } from "./part-list.tsx";
import { StatementDiff } from "./statement-diff.tsx";
import { isEmpty, useNarrowing } from "./use-narrowing.ts";

interface NarrowDialogProps {
  readonly policy: string;
  readonly statement: string;
  readonly plan: Plan;
  readonly node: string;
  readonly onClose: () => void;
}

type Edit = Required<Pick<NarrowStatement, "removeActions" | "removeResources" | "addConditions">>;
const NOTHING: Edit = { removeActions: [], removeResources: [], addConditions: [] };

const isAbout = (change: PlanChange, policy: string, statement: string): boolean =>
  (change.kind === "narrow_statement" || change.kind === "remove_statement") && change.policy === policy && change.statement === statement;

/** What the plan takes out of this statement already: opening it again goes on from there. */
function editInPlan(plan: Plan, policy: string, statement: string): Edit {
  const known = plan.changes.find((change) => change.kind === "narrow_statement" && isAbout(change, policy, statement));
  if (known?.kind !== "narrow_statement") return NOTHING;
  const { removeActions, removeResources, addConditions } = known;
  return {
    removeActions: [...removeActions],
    removeResources: [...removeResources],
    addConditions: addConditions.map((each) => ({ ...each, values: [...each.values] })),
  };
}

function Parts({ statement, edit, onEdit }: { statement: PolicyStatement; edit: Edit; onEdit: (edit: Edit) => void }) {
  const { actions, notActions, resources, notResources } = statement;
  return (
    <>
      {actions ? (
        <PartList
          title="Actions"
          parts={actions}
          removed={edit.removeActions}
          onChange={(removed) => onEdit({ ...edit, removeActions: [...removed] })}
        />
      ) : null}
      {resources ? (
        <PartList
          title="Resources"
          parts={resources}
          removed={edit.removeResources}
          onChange={(removed) => onEdit({ ...edit, removeResources: [...removed] })}
        />
      ) : null}
      {notActions || notResources ? (
        <p className="text-sm text-ink-3">
          It names what it leaves out ({notActions ? "NotAction" : "NotResource"}). That list cannot be shortened: more would be allowed.
        </p>
      ) : null}
      <ConditionList
        conditions={edit.addConditions}
        onChange={(conditions) => onEdit({ ...edit, addConditions: conditions.map((each) => ({ ...each })) })}
      />
    </>
  );
}

function Editor({ view, plan, node, onClose, ...at }: NarrowDialogProps & { view: PolicyView }) {
  const [id, setId] = useState(view.statements.some((each) => each.id === at.statement) ? at.statement : (view.statements[0]?.id ?? ""));
  const [edits, setEdits] = useState<Readonly<Record<string, Edit>>>({});
  const edit = edits[id] ?? editInPlan(plan, view.policy, id);
  const change: NarrowStatement = { kind: "narrow_statement", policy: view.policy, statement: id, ...edit };
  const others = plan.changes.filter((step) => !isAbout(step, view.policy, id));
  const { narrowing, effect, valid } = useNarrowing({ change, others, focus: node });
  const statement = view.statements.find((each) => each.id === id);
  if (statement === undefined) return <Partial>This policy has no statements.</Partial>;
  const take = (step: PlanChange) => {
    plan.replace([...others, step]);
    onClose();
  };
  return (
    <div className="flex flex-col gap-4">
      {view.statements.length > 1 ? (
        <SelectField
          label="Statement"
          options={view.statements.map((each) => ({ value: each.id, label: `${each.id} (${each.effect})` }))}
          value={id}
          onChange={(event) => setId(event.target.value)}
        />
      ) : null}
      {statement.refusal === null ? (
        <Parts key={id} statement={statement} edit={edit} onEdit={(next) => setEdits({ ...edits, [id]: next })} />
      ) : (
        <Partial>{statement.refusal}.</Partial>
      )}
      <StatementDiff before={statement.statement} after={(isEmpty(change) ? null : narrowing.data?.after) ?? statement.statement} />
      <NarrowingEffect empty={isEmpty(change)} refusal={narrowing.data?.refusal ?? null} effect={effect} />
      <div className="sticky -bottom-6 -mx-6 -mb-6 flex flex-wrap gap-2 border-t border-line bg-raised px-6 py-4 max-sm:-bottom-4 max-sm:-mx-4 max-sm:-mb-4 max-sm:px-4 max-sm:py-3 max-sm:[&>button]:h-10 max-sm:[&>button]:flex-auto">
        <Button tone="primary" disabled={!valid} onClick={() => take(change as PlanChange)}>
          {plan.changes.length === others.length ? "Add to the plan" : "Change the step"}
        </Button>
        {statement.refusal === null ? (
          <Button onClick={() => take({ kind: "remove_statement", policy: view.policy, statement: id })}>Remove the whole statement</Button>
        ) : null}
        <Button tone="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

/** Takes something out of a statement, and shows what would be left of it and what that would do. */
export function NarrowDialog(props: NarrowDialogProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.graph.policy.queryOptions({ policy: props.policy }));
  const view = query.data;
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={view ? `Narrow ${view.isTrust ? "who may become " : ""}${view.title}` : "Narrow a policy"}
      note="Untick what nobody needs, or ask for a condition. Nothing is changed: it becomes a step of the plan."
    >
      {query.isError ? (
        <Failure what="The policy" error={query.error} onRetry={() => void query.refetch()} />
      ) : view === undefined ? (
        <Skeleton className="h-72" />
      ) : view.refusal === null ? (
        <Editor {...props} view={view} />
      ) : (
        <div className="flex flex-col items-start gap-4">
          <Partial>{view.refusal}.</Partial>
          <Button onClick={props.onClose}>Close</Button>
        </div>
      )}
    </Dialog>
  );
}
