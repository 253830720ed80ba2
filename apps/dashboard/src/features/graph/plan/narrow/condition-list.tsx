"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import type { NarrowStatement } from "@/api/views.ts";
import { Button, IconButton } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";

type Condition = NonNullable<NarrowStatement["addConditions"]>[number];

/** The usual ones; the server knows the rest, and says what it cannot read. */
const OPERATORS = [
  "StringEquals",
  "StringLike",
  "ArnLike",
  "IpAddress",
  "Bool",
  "DateLessThan",
  "NumericLessThan",
  "ForAnyValue:StringLike",
].map((value) => ({ value, label: value }));
const KEYS = [
  "aws:SourceVpc",
  "aws:SourceVpce",
  "aws:SourceIp",
  "aws:SourceArn",
  "aws:SourceAccount",
  "aws:PrincipalOrgID",
  "aws:PrincipalTag/team",
  "aws:ResourceTag/env",
  "aws:MultiFactorAuthPresent",
  "aws:SecureTransport",
  "sts:ExternalId",
  "iam:PassedToService",
];

function NewCondition({ onAdd }: { onAdd: (condition: Condition) => void }) {
  const keys = useId();
  const [draft, setDraft] = useState({ operator: "StringEquals", key: "", values: "" });
  const values = draft.values
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
  const ready = draft.key.trim() !== "" && values.length > 0;
  const add = () => {
    if (!ready) return;
    onAdd({ operator: draft.operator, key: draft.key.trim(), values });
    setDraft({ ...draft, key: "", values: "" });
  };
  return (
    <>
      <div className="grid grid-cols-[150px_1fr_1fr_auto] items-end gap-2 max-sm:grid-cols-1 max-sm:gap-3 max-sm:[&_input]:h-10 max-sm:[&_select]:h-10 max-sm:[&>button]:h-10">
        <SelectField
          label="Operator"
          options={OPERATORS}
          value={draft.operator}
          onChange={(event) => setDraft({ ...draft, operator: event.target.value })}
        />
        <TextField
          label="Key"
          list={keys}
          placeholder="aws:SourceVpc"
          value={draft.key}
          onChange={(event) => setDraft({ ...draft, key: event.target.value })}
        />
        <TextField
          label="Values, with commas"
          value={draft.values}
          onChange={(event) => setDraft({ ...draft, values: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button disabled={!ready} onClick={add}>
          Add
        </Button>
      </div>
      <datalist id={keys}>
        {KEYS.map((key) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </datalist>
    </>
  );
}

interface ConditionListProps {
  readonly conditions: readonly Condition[];
  readonly onChange: (conditions: readonly Condition[]) => void;
}

/** Under which further conditions the statement would hold. */
export function ConditionList({ conditions, onChange }: ConditionListProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">Only if</legend>
      {conditions.length > 0 ? (
        <ul className="mb-2 border-t border-line">
          {conditions.map((condition) => (
            <li key={JSON.stringify(condition)} className="flex items-center gap-2 border-b border-line py-1 font-mono text-xs">
              <span className="min-w-0 flex-1 wrap-anywhere">
                {condition.operator} {condition.key}: {condition.values.join(", ")}
              </span>
              <IconButton
                label={`Take out the condition on ${condition.key}`}
                className="size-6 max-sm:size-10"
                onClick={() => onChange(conditions.filter((each) => each !== condition))}
              >
                <X aria-hidden className="size-3.5" strokeWidth={1.75} />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <NewCondition onAdd={(condition) => onChange([...conditions, condition])} />
    </fieldset>
  );
}
