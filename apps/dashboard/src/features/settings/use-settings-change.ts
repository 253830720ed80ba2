import { useMutation, useQueryClient, type QueryFilters, type UseMutationOptions } from "@tanstack/react-query";

/** A change of what the settings list: whatever it touches is read again. Callers add what happens besides, per call. */
export function useSettingsChange<Result, Failure, Input>(
  options: UseMutationOptions<Result, Failure, Input>,
  touched: readonly Pick<QueryFilters, "queryKey">[],
) {
  const queryClient = useQueryClient();
  return useMutation({
    ...options,
    onSuccess: () => {
      for (const filter of touched) void queryClient.invalidateQueries(filter as QueryFilters);
    },
  });
}
