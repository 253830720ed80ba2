import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { kubernetesConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const listing = fixtureFile(fixtures, "blue.json");
const secrets = { ...fixtureFile(fixtures, "secrets.yaml"), name: "blue/secrets.yaml" };
const whole = JSON.parse(new TextDecoder().decode(listing.bytes));
const altered = (name: string, change: (list: typeof whole) => void) => {
  const copy = structuredClone(whole);
  change(copy);
  return textFile(name, JSON.stringify(copy));
};
const kinds = ["service_accounts", "roles", "cluster_roles", "role_bindings", "cluster_role_bindings", "namespaces", "workloads"];

describeConnector({
  connector: kubernetesConnector,
  cases: [
    { name: "a listing", files: [listing], canaries: ["CANARY-k8s-annotation", "CANARY-k8s-applied", "CANARY-k8s-args", "CANARY-k8s-env"] },
    {
      name: "a listing and Secrets",
      files: [listing, secrets],
      canaries: [
        "CANARY-k8s-annotation",
        "CANARY-k8s-data",
        "CANARY-k8s-stringdata",
        "CANARY-k8s-token",
        "CANARY-k8s-tls-key",
        "CANARY-k8s-configmap",
      ],
    },
    {
      name: "access entries and the config map of EKS",
      files: [fixtureFile(fixtures, "eks-access.json"), fixtureFile(fixtures, "aws-auth.yaml")],
      canaries: ["CANARY-k8s-aws-auth"],
    },
  ],
  partial: [
    {
      name: "more pages",
      files: [
        altered("paged.json", (list) => {
          list.metadata.continue = "abc";
        }),
      ],
      datasets: kinds,
    },
    {
      name: "manifests",
      files: [
        altered("manifests-of-shop.json", (list) => {
          for (const item of list.items) delete item.metadata.uid;
        }),
      ],
      datasets: kinds,
    },
    {
      name: "one namespace",
      datasets: ["service_accounts", "roles", "role_bindings", "workloads"],
      files: [
        altered("one.json", (list) => {
          list.items = list.items.filter((item: { metadata: { namespace?: string } }) => item.metadata.namespace !== "kube-system");
        }),
      ],
    },
    {
      name: "a filtered listing",
      datasets: ["cluster_roles", "cluster_role_bindings", "namespaces"],
      files: [
        altered("few.json", (list) => {
          list.items = list.items.filter(
            (item: { metadata: { name: string } }) => !["cluster-admin", "kube-system"].includes(item.metadata.name),
          );
          list.items.push({ apiVersion: "v1", kind: "ClusterRole", metadata: { name: "x", uid: "u" } });
        }),
      ],
    },
    { name: "Secrets alone", files: [secrets], datasets: ["secrets"] },
  ],
});
