import { dirname } from "node:path";
import { checkAll } from "./check-all.ts";
import { formatViolation } from "./violation.ts";

const violations = checkAll(dirname(dirname(import.meta.dirname)));
for (const violation of violations) process.stdout.write(`${formatViolation(violation)}\n`);
process.stdout.write(violations.length === 0 ? "structure: as it should be\n" : `structure: ${violations.length} violations\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
