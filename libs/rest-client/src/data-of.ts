import type { components } from "./generated/rest-api.ts";

export type Problem = components["schemas"]["Problem"];

/** An answer that is none of the good ones. `problem` is null when it did not come from Rollcall itself. */
export class RestError extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null) {
    super(problem === null ? `status ${status}` : `${status} ${problem.code}: ${problem.detail}`);
    this.name = "RestError";
    this.status = status;
    this.problem = problem;
  }
}

const isProblem = (value: unknown): value is Problem => typeof value === "object" && value !== null && "code" in value && "status" in value;

/** The data of an answer; throws what went wrong otherwise. */
export async function dataOf<T>(
  answer: Promise<{ readonly data?: T; readonly error?: unknown; readonly response: Response }>,
): Promise<NonNullable<T>> {
  const { data, error, response } = await answer;
  if (!response.ok || data === undefined || data === null) throw new RestError(response.status, isProblem(error) ? error : null);
  return data;
}
