import { useEffect, useState } from "react";
import { Skeleton } from "@/ui/states.tsx";

const SOON_MS = 1_500;

/** Most answers are there before this says anything; a large graph is loaded with the first question after a start. */
export function LoadingGraph() {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className="mb-6">
      <Skeleton className="h-14 w-full max-w-md" />
      {isLate ? (
        <p className="measure mt-3 text-sm text-ink-2">
          The access graph is being loaded. With many identities the first question after a start or a sync takes some seconds; those after
          it do not.
        </p>
      ) : null}
    </div>
  );
}
