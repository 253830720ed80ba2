import { Skeleton } from "@/ui/states.tsx";

/** The report's own shape, so that nothing jumps when it arrives. */
export function PostureSkeleton() {
  return (
    <div className="flex flex-col gap-10" role="status" aria-label="Loading the posture">
      <div>
        <Skeleton className="h-9 w-[min(60ch,90%)]" />
        <Skeleton className="mt-3 h-4 w-72 max-w-full" />
      </div>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-14 w-80 max-w-full" />
          <Skeleton className="h-4" />
          <Skeleton className="h-10 w-96 max-w-full" />
        </div>
        <Skeleton className="h-40" />
      </div>
      <Skeleton className="h-60 lg:h-64 2xl:h-32" />
      <div className="grid grid-cols-1 gap-12 xl:grid-cols-2">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}
