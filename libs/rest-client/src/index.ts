export { createRestClient, type RestClient, type RestClientOptions } from "./create-rest-client.ts";
export { dataOf, RestError, type Problem } from "./data-of.ts";
export { pagesOf } from "./pages-of.ts";
export { pushRecords, type PushOptions } from "./push-records.ts";
export { untilApplied, type WaitOptions } from "./until-applied.ts";
export type { components, operations, paths } from "./generated/rest-api.ts";
