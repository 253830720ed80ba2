export { organisationLevels } from "./aws/organisation.ts";
export { connectors, openImport, openReadable } from "./registry.ts";
export { DEMO, generateDemo, generateEstate } from "./synthetic/generate-estate.ts";
export type { Estate } from "./synthetic/generate-estate.ts";
export type { EstateOptions, PlantedProblem } from "./synthetic/estate.ts";
export { parseJson } from "./input/parse-json.ts";
export { selfConnector } from "./self/connector.ts";
export { previewTable } from "./table/preview.ts";
