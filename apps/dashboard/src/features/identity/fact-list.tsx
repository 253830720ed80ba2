import type { Fact } from "@/api/views.ts";
import { formatExact, plural } from "@/ui/format.ts";
import { RelativeTime, ValueText } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";

type UnknownFact = Extract<Fact, { readonly unknown: string }>;
type KnownFact = Exclude<Fact, UnknownFact>;

const isUnknown = (fact: Fact): fact is UnknownFact => "unknown" in fact;

function KnownItem({ fact }: { fact: KnownFact }) {
  return (
    <div className="grid grid-cols-[minmax(96px,150px)_1fr] gap-4 border-b border-line py-2 last:border-b-0">
      <dt className="text-sm text-ink-3">{fact.label}</dt>
      <dd className="min-w-0" title={`${fact.source}, ${formatExact(fact.observedAt)}`}>
        <ValueText value={fact.value} className="break-words" />
        <p className="text-xs text-ink-3">
          <bdi>{fact.source}</bdi>, <RelativeTime instant={fact.observedAt} />
        </p>
      </dd>
    </div>
  );
}

/** Facts that one and the same step would make known stand together: the step is what the reader can do. */
function UnknownFacts({ facts }: { facts: readonly UnknownFact[] }) {
  const groups = [...Map.groupBy(facts, (fact) => `${fact.unknown}\n${fact.howToKnow}`).values()];
  return (
    <div className="mt-4">
      <h3 className="mb-1 text-sm font-medium">
        <Unknown label={plural(facts.length, "fact is not known", "facts are not known")} />
      </h3>
      <ul>
        {groups.map((group) => (
          <li key={group[0]?.path} className="border-b border-line py-2 last:border-b-0">
            <p className="measure">{group.map((fact) => fact.label).join(", ")}</p>
            <p className="measure text-sm text-ink-2 first-letter:uppercase">{group[0]?.unknown}</p>
            <p className="measure text-sm text-ink-3">{group[0]?.howToKnow}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Each fact with where it comes from and how old it is; an unknown one says why, and how to make it known. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  const unknown = facts.filter(isUnknown);
  return (
    <>
      <dl>
        {facts
          .filter((fact): fact is KnownFact => !isUnknown(fact))
          .map((fact) => (
            <KnownItem key={fact.path} fact={fact} />
          ))}
      </dl>
      {unknown.length > 0 ? <UnknownFacts facts={unknown} /> : null}
    </>
  );
}
