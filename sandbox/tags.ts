// Tags as Shopify keeps them: a comma splits, trimmed, alike but for their case only once, sorted.

export function tidyTags(tags: string[]): string[] {
  const kept = new Map<string, string>();
  for (const tag of tags.flatMap((one) => one.split(",")).map((one) => one.trim())) {
    if (tag !== "" && !kept.has(tag.toLowerCase())) kept.set(tag.toLowerCase(), tag);
  }
  return [...kept.values()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}
