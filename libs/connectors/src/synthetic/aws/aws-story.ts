import type { AwsPrincipal } from "./principal.ts";

export type Facts = NonNullable<AwsPrincipal["facts"]>;

export interface AwsStory {
  readonly id: string;
  readonly title: string;
  readonly ruleIds: readonly string[];
  readonly reachesTierZero?: boolean;
  readonly sinceDaysAgo: number;
  readonly fixedDaysAgo?: number;
  readonly principal: (present: boolean) => AwsPrincipal;
}
