import { Button } from "./button.tsx";
import { formatCount } from "./format.ts";

export interface BulkOutcome {
  readonly done: number;
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

interface BulkResultProps {
  readonly outcome: BulkOutcome;
  readonly nameOf: (id: string) => string | undefined;
  readonly onClose: () => void;
}

/** What was done, and what was not and why, one by one. */
export function BulkResult({ outcome, nameOf, onClose }: BulkResultProps) {
  return (
    <div>
      <p>
        Done for {formatCount(outcome.done)}, refused for {formatCount(outcome.refused.length)}.
      </p>
      <ul className="mt-3 max-h-72 overflow-y-auto border-t border-line">
        {outcome.refused.map((refusal) => (
          <li key={refusal.id} className="border-b border-line py-1.5">
            <bdi className="font-medium">{nameOf(refusal.id) ?? refusal.id}</bdi>
            <span className="block text-sm text-ink-2">{refusal.reason}</span>
          </li>
        ))}
      </ul>
      <Button tone="primary" className="mt-4" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
