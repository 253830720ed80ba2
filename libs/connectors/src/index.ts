export { connectors, openImport } from "./registry.ts";
