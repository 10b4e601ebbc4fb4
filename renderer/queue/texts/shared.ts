/** What several parts of the room say. */
export const shared = {
  // In several places
  newGrid: 'New grid',
  search: 'Search',
};
