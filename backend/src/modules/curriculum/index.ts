export { CardSeen, Course, CourseVersion, Lesson } from './course.entity.ts';
export { type CourseSource, readCourses } from './course-folder.ts';
export { CoursesService } from './courses.service.ts';
export { CurriculumModule } from './curriculum.module.ts';
