import { cx } from "./cx.ts";
import { errorWords } from "./error-words.ts";

/** Why an action did not happen, beside its button. The API's messages say what to do next, so they stand as they are. */
export function ActionError({ error, className }: { readonly error: { readonly message: string } | null; readonly className?: string }) {
  if (error === null) return null;
  return (
    <p role="alert" className={cx("text-sm text-critical", className)}>
      {errorWords(error)}
    </p>
  );
}
