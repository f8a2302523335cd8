import type { indicatorMeasures, ReportTable, reportKinds } from '@lantoa/shared/reports';

export type Language = 'vi' | 'en';
type Measure = (typeof indicatorMeasures)[number];
type Text = Record<Language, string>;

/** Titles of reports. */
export const TITLES: Record<(typeof reportKinds)[number], Text> = {
  indicators: { vi: 'Chỉ số của chương trình', en: 'Programme indicators' }, units: { vi: 'Kết quả theo đơn vị', en: 'Results by unit' }, participants: { vi: 'Người tham gia theo cấp, chủ đề, số ngày, giới tính, chức danh', en: 'Participants by level, topic, days, sex and position' },
  classes: { vi: 'Các lớp đã kết thúc', en: 'Classes that ended' }, ethnicity: { vi: 'Người tham gia theo dân tộc', en: 'Participants by ethnic group' },
};

/** What each column is called and what exactly it counts. */
export const COLUMNS: Record<string, { label: Text; definition: Text; kind: ReportTable['columns'][number]['kind'] }> = {
  code: { kind: 'text', label: { vi: 'Mã', en: 'Code' }, definition: { vi: 'Mã của chỉ số hoặc mã đơn vị theo danh mục nhà nước, trong ngày cuối kỳ.', en: 'Code of the indicator, or the official code of the unit on the last day.' } },
  indicator: { kind: 'text', label: { vi: 'Chỉ số', en: 'Indicator' }, definition: { vi: 'Tên chỉ số trong bộ chỉ số có hiệu lực ngày cuối kỳ.', en: 'Name in the set that holds on the last day.' } },
  value: { kind: 'points', label: { vi: 'Giá trị', en: 'Value' }, definition: { vi: 'Trong kỳ với số đếm, vào ngày cuối kỳ với tỷ lệ, điểm và số còn hiệu lực.', en: 'In the period for counts; on the last day for shares, scores and what is in force.' } },
  counts: { kind: 'text', label: { vi: 'Cách tính', en: 'How it is counted' }, definition: { vi: 'Định nghĩa của phép đo đứng sau chỉ số.', en: 'Definition of the measure behind the indicator.' } },
  unit: { kind: 'text', label: { vi: 'Đơn vị', en: 'Unit' }, definition: { vi: 'Nơi người học đến từ đó, theo đơn vị của ngày cuối kỳ.', en: 'Where people came from, by the units of the last day.' } },
  target: { kind: 'int', label: { vi: 'Chỉ tiêu', en: 'Target' }, definition: { vi: 'Tổng chỉ tiêu của các tầng có hiệu lực ngày cuối kỳ; sau sáp nhập cộng lại.', en: 'Targets of all tiers in force on the last day; added up after mergers.' } },
  enrolled: { kind: 'int', label: { vi: 'Dự lớp', en: 'Trained' }, definition: { vi: 'Số người có lớp đầu tiên của tầng kết thúc. Một người học hai lớp cùng tầng tính một lần, ở nơi học lần đầu.', en: 'People whose first class of the tier ended. Somebody in two classes of a tier counts once, where they came from the first time.' } },
  passed: { kind: 'int', label: { vi: 'Đạt', en: 'Passed' }, definition: { vi: 'Số người đạt lần đầu ở tầng đó, theo báo cáo lớp đã duyệt.', en: 'People who passed the tier for the first time, by approved class reports.' } },
  reach: { kind: 'share', label: { vi: 'Độ phủ', en: 'Reach' }, definition: { vi: 'Đạt chia cho chỉ tiêu.', en: 'Passed divided by target.' } },
  planned: { kind: 'int', label: { vi: 'Kế hoạch đến nay', en: 'Planned to date' }, definition: { vi: 'Số chỗ của các lớp đã duyệt và đã kết thúc.', en: 'Places in approved classes that have ended.' } },
  certified: { kind: 'int', label: { vi: 'Đã cấp giấy', en: 'Certified' }, definition: { vi: 'Số người được cấp giấy chứng nhận lần đầu.', en: 'People certified for the first time.' } },
  inForce: { kind: 'int', label: { vi: 'Giấy còn hiệu lực', en: 'Certificates in force' }, definition: { vi: 'Số người có giấy chứng nhận còn hiệu lực vào ngày cuối kỳ.', en: 'People with a certificate in force on the last day.' } },
  post: { kind: 'points', label: { vi: 'Điểm sau lớp', en: 'Score after' }, definition: { vi: 'Trung bình tỷ lệ đúng ở câu hỏi dùng chung trong bài đầu ra, thang 0–100; dưới 10 người không hiện.', en: 'Mean share right on shared questions of the post-test, 0–100; hidden below 10 people.' } },
  postN: { kind: 'int', label: { vi: 'n', en: 'n' }, definition: { vi: 'Số người làm bài đầu ra.', en: 'People who sat the post-test.' } },
  gain: { kind: 'points', label: { vi: 'Tăng (điểm)', en: 'Gain (points)' }, definition: { vi: 'Trung bình điểm sau trừ điểm trước của người làm cả hai bài; dưới 10 người không hiện.', en: 'Mean of after minus before of those who sat both; hidden below 10 people.' } },
  places: { kind: 'int', label: { vi: 'Số xã, thôn', en: 'Places' }, definition: { vi: 'Thôn, hoặc xã chưa có danh sách thôn, có vào ngày cuối kỳ.', en: 'Villages, or communes without a list of villages, on the last day.' } },
  emptyPlaces: { kind: 'int', label: { vi: 'Nơi chưa có ai', en: 'Places with nobody' }, definition: { vi: 'Nơi không có ai vừa có giấy còn hiệu lực vừa đang công tác ở đó.', en: 'Places where nobody with a certificate in force holds a posting.' } },
  level: { kind: 'text', label: { vi: 'Cấp', en: 'Level' }, definition: { vi: 'Tầng của chương trình.', en: 'Tier of the programme.' } },
  topic: { kind: 'text', label: { vi: 'Chủ đề', en: 'Topic' }, definition: { vi: 'Khóa học của tầng.', en: 'Course of the tier.' } },
  days: { kind: 'points', label: { vi: 'Số ngày', en: 'Days' }, definition: { vi: 'Số buổi của lớp chia hai.', en: 'Half-days of the class divided by two.' } },
  position: { kind: 'text', label: { vi: 'Chức danh', en: 'Position' }, definition: { vi: 'Chức danh lúc học, như trong danh sách.', en: 'Position at the time, as on the list.' } },
  people: { kind: 'int', label: { vi: 'Lượt người', en: 'Attendances' }, definition: { vi: 'Số người trong các lớp kết thúc trong kỳ; một người học hai lớp tính hai lượt.', en: 'People in classes that ended in the period; somebody in two classes counts twice.' } },
  women: { kind: 'int', label: { vi: 'Nữ', en: 'Women' }, definition: { vi: 'Trong đó là nữ.', en: 'Of these, women.' } },
  men: { kind: 'int', label: { vi: 'Nam', en: 'Men' }, definition: { vi: 'Trong đó là nam.', en: 'Of these, men.' } },
  unsaid: { kind: 'int', label: { vi: 'Chưa ghi', en: 'Not said' }, definition: { vi: 'Chưa ghi giới tính.', en: 'Sex not recorded.' } },
  outcome: { kind: 'int', label: { vi: 'Đạt', en: 'Passed' }, definition: { vi: 'Trong đó đạt theo báo cáo lớp đã duyệt.', en: 'Of these, passed by the approved report.' } },
  classCode: { kind: 'text', label: { vi: 'Mã lớp', en: 'Class code' }, definition: { vi: 'Mã của lớp.', en: 'Code of the class.' } },
  classTitle: { kind: 'text', label: { vi: 'Tên lớp', en: 'Class' }, definition: { vi: 'Tên của lớp.', en: 'Title of the class.' } },
  heldAt: { kind: 'text', label: { vi: 'Đơn vị mở lớp', en: 'Held at' }, definition: { vi: 'Đơn vị mở lớp, tên vào ngày khai giảng.', en: 'The unit, by its name on the first day.' } },
  startsOn: { kind: 'day', label: { vi: 'Từ ngày', en: 'From' }, definition: { vi: 'Ngày đầu.', en: 'First day.' } },
  endsOn: { kind: 'day', label: { vi: 'Đến ngày', en: 'Until' }, definition: { vi: 'Ngày cuối.', en: 'Last day.' } },
  ethnicity: { kind: 'text', label: { vi: 'Dân tộc', en: 'Ethnic group' }, definition: { vi: 'Chỉ của người đã đồng ý ghi; số dưới 5 không hiện.', en: 'Only of people who consented; numbers below 5 are hidden.' } },
};

/** What each indicator measure counts. */
export const MEASURES: Record<Measure, Text> = {
  enrolled: { vi: 'Người dự lớp lần đầu của tầng, trong kỳ.', en: 'People trained in the tier for the first time, in the period.' }, women: { vi: 'Lượt nữ trong các lớp kết thúc trong kỳ.', en: 'Attendances of women in classes that ended in the period.' }, passed: { vi: 'Người đạt lần đầu, trong kỳ.', en: 'People who passed for the first time, in the period.' },
  classes: { vi: 'Lớp kết thúc trong kỳ.', en: 'Classes that ended in the period.' }, 'class-days': { vi: 'Số ngày của các lớp kết thúc trong kỳ.', en: 'Days of the classes that ended in the period.' }, trainers: { vi: 'Giảng viên dạy lớp đầu tiên của mình trong kỳ.', en: 'People who taught for the first time in the period.' },
  certified: { vi: 'Người được cấp giấy lần đầu, trong kỳ.', en: 'People certified for the first time, in the period.' }, 'in-force': { vi: 'Người có giấy còn hiệu lực vào ngày cuối kỳ.', en: 'People with a certificate in force on the last day.' }, reach: { vi: 'Đạt chia chỉ tiêu (%), vào ngày cuối kỳ.', en: 'Passed divided by target (%), on the last day.' },
  post: { vi: 'Điểm trung bình sau lớp ở câu hỏi dùng chung (0–100), đến ngày cuối kỳ.', en: 'Mean score after on shared questions (0–100), until the last day.' }, gain: { vi: 'Điểm tăng trung bình, đến ngày cuối kỳ.', en: 'Mean gain in points, until the last day.' }, 'covered-places': { vi: 'Xã, thôn có người có giấy còn hiệu lực, ngày cuối kỳ.', en: 'Places with somebody certified in post, on the last day.' },
  'empty-places': { vi: 'Xã, thôn chưa có ai, ngày cuối kỳ.', en: 'Places with nobody, on the last day.' }, 'reports-late': { vi: 'Báo cáo lớp trễ hạn, ngày cuối kỳ.', en: 'Class reports late on the last day.' },
};

export const SHEETS: Record<'data' | 'definitions' | 'filters', Text> = { data: { vi: 'Số liệu', en: 'Data' }, definitions: { vi: 'Định nghĩa', en: 'Definitions' }, filters: { vi: 'Bộ lọc', en: 'Filters' } };
export const FILTERS: Record<'programme' | 'unit' | 'from' | 'to' | 'hidden' | 'all' | 'made', Text> = { programme: { vi: 'Chương trình', en: 'Programme' }, unit: { vi: 'Đơn vị', en: 'Unit' }, from: { vi: 'Từ ngày', en: 'From' }, to: { vi: 'Đến ngày', en: 'To' }, hidden: { vi: 'Số bị ẩn (dưới 5)', en: 'Hidden numbers (below 5)' }, all: { vi: 'Mọi đơn vị', en: 'All units' }, made: { vi: 'Xuất ngày', en: 'Made on' } };
export const NOTES: Record<'cumulative' | 'noPersons', Text> = { cumulative: { vi: 'Số cộng dồn từ đầu chương trình đến ngày cuối kỳ.', en: 'Counted from the beginning of the programme to the last day.' }, noPersons: { vi: 'Không có dữ liệu của từng người.', en: 'No data of single persons.' } };
/** The set that comes with the program: per tier who was trained and passed, then women, classes, what is in force, and places. */
export const USUAL_SET: Text = { vi: 'Bộ chỉ số mặc định', en: 'Usual indicators' };
