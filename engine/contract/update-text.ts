import type { UpdateDto } from './dto/index.ts';

/** What is known of a newer version, in one sentence or two. */
export function updateText({ version, feed, newest, releasedAt, isNewer }: UpdateDto): string {
  if (feed === null)
    return `This is Regimen ${version}. Whether there is a newer one is not known: updates.feed names no feed.`;
  const day = releasedAt === null ? '' : `, of ${releasedAt.slice(0, 10)}`;
  return isNewer
    ? `This is Regimen ${version}. There is a newer one: ${newest}${day}. It is installed over this one by hand.`
    : `This is Regimen ${version}. There is no newer one: the feed tells of ${newest}${day}.`;
}
