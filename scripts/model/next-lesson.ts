// Which lesson comes next: the same in the terminal's list and on the first page. Pure.

/** The first one that is new after the last one that is not; then one that was left out; undefined if all were done. */
export function nextLesson<Lesson>(
  lessons: readonly Lesson[],
  isNew: (lesson: Lesson) => boolean,
): Lesson | undefined {
  const last = lessons.findLastIndex((lesson) => !isNew(lesson));
  return lessons.slice(last + 1).find(isNew) ?? lessons.find(isNew);
}
