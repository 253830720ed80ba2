import { parseArn } from "../arn.ts";

interface Sensitivity {
  /** 0-100. */
  readonly weight: number;
  readonly reason: string;
}

/** By service: what is in one of its resources is in no export, so this is what such things hold as a rule. */
const byService: Readonly<Record<string, Sensitivity>> = {
  s3: { weight: 40, reason: "Object storage commonly holds business data and backups; what is in it is not known" },
  dynamodb: { weight: 40, reason: "Tables commonly hold application data; what is in it is not known" },
  secretsmanager: { weight: 60, reason: "A stored secret: whoever reads it can act as its holder" },
  kms: { weight: 40, reason: "Keys decrypt the data of other services; which is not known" },
  lambda: { weight: 20, reason: "Functions run code and carry settings" },
  ecr: { weight: 20, reason: "Images are run by other systems" },
  sqs: { weight: 10, reason: "Queues carry data between systems" },
  sns: { weight: 10, reason: "Topics carry data between systems" },
};

/** Sensitivity of a resource by its ARN, as a part of its observation. */
export function statedSensitivity(arn: string): { readonly sensitivity?: Sensitivity } {
  const sensitivity = byService[parseArn(arn)?.service ?? ""];
  return sensitivity === undefined ? {} : { sensitivity };
}
