import type { TableField, TableMapping } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import { redactNamed, redactText } from "../input/redact-text.ts";
import { wordOf } from "./words.ts";

const mostRefBytes = 900;

/** The cells of one row by what they mean. Text that looks like a secret is replaced, and counted by column. */
export class RowReader {
  /** How many values of a column looked like a secret. */
  readonly removed = new Map<string, number>();
  readonly #header: readonly string[];
  readonly #index: ReadonlyMap<TableField, number>;
  readonly #defaults: ReadonlyMap<TableField, string>;
  /** Headers as the names of secrets are compared. */
  readonly #words: readonly string[];
  #cells: readonly string[] = [];

  constructor(header: readonly string[], mapping: TableMapping) {
    const absent = mapping.columns.filter(({ column }) => !header.includes(column)).map(({ column }) => column);
    if (absent.length > 0)
      throw new AppError(
        "invalid_input",
        `The table has no column ${absent.map((one) => `"${one}"`).join(", ")}. It has ${header
          .slice(0, 60)
          .map((one) => `"${redactText(one)}"`)
          .join(", ")}`,
      );
    this.#header = header;
    this.#words = header.map(wordOf);
    this.#index = new Map(mapping.columns.map(({ column, field }) => [field, header.indexOf(column)]));
    this.#defaults = new Map(mapping.defaults.map(({ field, value }) => [field, value]));
  }

  /** What is wrong with the row as a row, or null. */
  open(cells: readonly string[] | null): { readonly code: string; readonly message: string } | null {
    if (cells === null) return { code: "open_quote", message: "a quoted text begins here and never ends" };
    const width = this.#header.length;
    if (cells.length < width || cells.slice(width).some((cell) => cell.trim() !== ""))
      return { code: "ragged", message: `the row has ${cells.length} cells, the header ${width}` };
    this.#cells = cells;
    return null;
  }

  has(field: TableField): boolean {
    return this.#index.has(field);
  }

  /** As it stands, for the one cell that is fingerprinted and for nothing else. */
  secret(): string | undefined {
    const index = this.#index.get("secret");
    const cell = index === undefined ? "" : (this.#cells[index] ?? "").trim();
    return cell === "" ? undefined : cell;
  }

  text(field: Exclude<TableField, "secret">): string | undefined {
    const index = this.#index.get(field);
    const cell = index === undefined ? "" : (this.#cells[index] ?? "").trim();
    if (cell === "" || index === undefined) return this.#defaults.get(field);
    const shown = redactNamed(this.#words[index] ?? "", cell);
    if (shown !== cell) {
      const column = this.#header[index] ?? "";
      this.removed.set(column, (this.removed.get(column) ?? 0) + 1);
    }
    return shown;
  }

  /** A reference: nothing that looks like a secret may identify anything. Digests in hex are how certificates and objects are named. */
  ref(field: "ref" | "credentialRef"): string | { readonly code: string; readonly message: string } | undefined {
    const index = this.#index.get(field);
    const cell = index === undefined ? "" : (this.#cells[index] ?? "").trim();
    if (cell === "") return undefined;
    if (!/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(cell) && redactNamed(this.#words[index ?? 0] ?? "", cell) !== cell)
      return { code: "secret_reference", message: `the ${field} looks like a secret; nothing may be named after one` };
    if (Buffer.byteLength(cell) > mostRefBytes) return { code: "too_long", message: `the ${field} is longer than ${mostRefBytes} bytes` };
    return cell;
  }
}
