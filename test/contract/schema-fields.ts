type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/** The paths of the fields of a value that a JSON Schema does not list. Types are not looked at. */
export function unlistedFields(schema: object, value: unknown): string[] {
  const root = schema as Node;
  const walk = (nodes: readonly Node[], at: unknown, path: string): string[] => {
    const open = nodes.flatMap((node) => opened(node, root));
    const below = (name: string | number) => (path === "" ? String(name) : `${path}.${name}`);
    if (Array.isArray(at)) {
      const items = open.flatMap((node) => (isNode(node.items) ? [node.items] : []));
      return at.flatMap((item, index) => walk(items, item, below(index)));
    }
    if (!isNode(at)) return [];
    return Object.entries(at).flatMap(([name, child]) => {
      const listed = open.flatMap((node) => {
        const own = isNode(node.properties) ? node.properties[name] : undefined;
        if (isNode(own)) return [own];
        const rest = node.additionalProperties;
        return isNode(rest) && node.properties === undefined ? [rest] : [];
      });
      return listed.length === 0 ? [below(name)] : walk(listed, child, below(name));
    });
  };
  return walk([root], value, "");
}

/** The names that the schema asks for at its top. */
export function requiredFields(schema: object): string[] {
  const { required } = schema as Node;
  return Array.isArray(required) ? required.map(String) : [];
}

/** A node with its references followed and its alternatives apart. */
function opened(node: Node, root: Node): Node[] {
  const reference = typeof node.$ref === "string" ? node.$ref : undefined;
  if (reference !== undefined) {
    const target = reference
      .split("/")
      .slice(1)
      .reduce<unknown>((at, name) => (isNode(at) ? at[name] : undefined), root);
    return isNode(target) ? opened(target, root) : [];
  }
  const inside = [node.anyOf, node.oneOf, node.allOf]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isNode);
  return [node, ...inside.flatMap((one) => opened(one, root))];
}
