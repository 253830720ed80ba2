import { ButtonLink } from "./button.tsx";
import { Empty } from "./states.tsx";

/** Where a thing would stand, by the first part of its address: what to call it, and where to look instead. */
const PLACES: Readonly<Record<string, { readonly title: string; readonly href: string; readonly label: string }>> = {
  identities: { title: "There is no identity at this address", href: "/inventory", label: "Look in the inventory" },
  tasks: { title: "There is no task at this address", href: "/tasks", label: "Go to my tasks" },
  findings: { title: "There is no rule at this address", href: "/findings", label: "See all findings" },
  frameworks: { title: "There is no framework at this address", href: "/frameworks", label: "See all frameworks" },
  "blast-radius": { title: "The access graph knows nothing by this name", href: "/blast-radius", label: "Pick an identity" },
  sources: { title: "There is no import at this address", href: "/sources", label: "Go to sources" },
};
const ANYWHERE = { title: "There is nothing at this address", href: "/", label: "Go to Posture" };

/** What is not there, and a way on. `path` is the address that was asked for. */
export function NothingHere({ path, className, heading = false }: { path: string; className?: string; heading?: boolean }) {
  const place = PLACES[path.split("/")[1] ?? ""] ?? ANYWHERE;
  return (
    <div role="alert" className={className}>
      <Empty
        className="px-0"
        heading={heading}
        title={place.title}
        action={
          <>
            <ButtonLink tone="primary" href={place.href}>
              {place.label}
            </ButtonLink>
            {place === ANYWHERE ? (
              <>
                <ButtonLink href="/inventory">Inventory</ButtonLink>
                <ButtonLink href="/tasks">My tasks</ButtonLink>
              </>
            ) : null}
          </>
        }
      >
        It may have been removed with its source, the link may be old, or it may belong to another workspace.
      </Empty>
    </div>
  );
}
