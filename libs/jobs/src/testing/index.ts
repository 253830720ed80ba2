export { queueConformance } from "./queue-conformance.ts";
