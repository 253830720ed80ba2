import { tableMapping, type TableMapping } from "@rollcall/nhi-model";
import { parseJson } from "@rollcall/connectors";
import { AppError } from "@rollcall/platform";

const maxDepth = 8;

/** A mapping as the sender writes it: JSON in a field or a parameter. */
export function tableMappingOf(text: string): TableMapping {
  const json = parseJson(text, maxDepth);
  if (!json.ok) throw new AppError("invalid_input", `The mapping ${json.message}`);
  const parsed = tableMapping.safeParse(json.value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ pointer: `/mapping/${path.join("/")}`, message }));
  const first = fields[0];
  throw new AppError("invalid_input", `The mapping is not valid at ${first?.pointer ?? "/mapping"}: ${first?.message ?? ""}`, { fields });
}
