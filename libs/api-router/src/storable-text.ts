import { AppError } from "@rollcall/platform";

/**
 * Refuses text that no table can hold: PostgreSQL takes neither NUL nor half of a surrogate pair, and would fail in the middle of
 * whatever is under way. Iterative, because the input may nest as deep as its sender likes.
 */
export function refuseUnstorableText(input: unknown): void {
  const waiting: { readonly value: unknown; readonly pointer: string }[] = [{ value: input, pointer: "" }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, pointer } = next;
    if (typeof value === "string") {
      if (value.includes("\0") || !value.isWellFormed()) throw unstorable(pointer);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key.includes("\0") || !key.isWellFormed()) throw unstorable(pointer);
        waiting.push({ value: inner, pointer: `${pointer}/${key}` });
      }
    }
  }
}

const unstorable = (pointer: string): AppError =>
  new AppError("invalid_input", "The input contains characters that cannot be stored", {
    fields: [{ pointer, message: "contains a NUL or half of a surrogate pair" }],
  });
