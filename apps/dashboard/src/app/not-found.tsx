import { ButtonLink } from "@/ui/button.tsx";
import { Empty } from "@/ui/states.tsx";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl pt-24">
      <Empty heading title="There is nothing at this address" action={<ButtonLink href="/">Go to Posture</ButtonLink>}>
        The link may be old, or it may belong to another workspace.
      </Empty>
    </main>
  );
}
