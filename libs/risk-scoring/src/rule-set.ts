import * as registry from "./registry.ts";
import type { Rule } from "./rule.ts";

/** Every rule, in order of id. */
export const rules: readonly Rule[] = (Object.values(registry) as Rule[]).sort((a, b) => (a.id < b.id ? -1 : 1));

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export const ruleById = (id: string): Rule | undefined => byId.get(id);
