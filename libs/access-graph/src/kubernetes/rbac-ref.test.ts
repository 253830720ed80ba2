import { describe, expect, it } from "vitest";
import { parseRbacRef, rbacRef } from "./rbac-ref.ts";

describe("a Kubernetes ref", () => {
  it.each([
    ["k8s:prod/payments/ServiceAccount/api", { cluster: "prod", namespace: "payments", kind: "ServiceAccount", name: "api" }],
    ["k8s:prod/_/ClusterRole/edit", { cluster: "prod", namespace: null, kind: "ClusterRole", name: "edit" }],
    ["k8s:eu/prod/_/User/team/jo", { cluster: "eu/prod", namespace: null, kind: "User", name: "team/jo" }],
  ])("%s says where and what", (ref, parts) => {
    expect(parseRbacRef(ref)).toEqual(parts);
    expect(rbacRef(parts)).toBe(ref);
  });

  it.each([
    "prod/payments/Role/a",
    "k8s:prod/Role/a",
    "k8s:/payments/Role/a",
    "k8s:prod//Role/a",
    "k8s:prod/payments/Role/",
    "k8s:prod/payments/role/a",
  ])("%s is none", (ref) => {
    expect(parseRbacRef(ref)).toBeNull();
  });
});
