/** The words by which an item is found: the same when it is filed and when its description is completed. */
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ArchiveClass } from '../../../../../contract/evidence-archive.ts';

export interface DetailValues {
  class: ArchiveClass | '';
  caseNumber: string;
  title: string;
  words: string;
  place: string;
}

export const DetailFields = () => {
  const { t } = useTranslation('archive');
  return (
    <>
      <Form.Item name="class" label={t('form.class')} rules={[{ required: true, message: t('need') }]}>
        <select className="search">
          <option value="" disabled>{t('form.chooseClass')}</option>
          {ArchiveClass.options.map((one) => <option key={one} value={one}>{t(`class.${one}`)}</option>)}
        </select>
      </Form.Item>
      <Form.Item name="caseNumber" label={t('form.caseNumber')}><Input maxLength={100} /></Form.Item>
      <Form.Item name="title" label={t('form.titleField')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="words" label={t('form.words')} extra={t('form.wordsHint')}><Input maxLength={1000} /></Form.Item>
      <Form.Item name="place" label={t('form.place')} extra={t('form.placeHint')}><Input maxLength={200} /></Form.Item>
    </>
  );
};
