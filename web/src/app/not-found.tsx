import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export const NotFoundPage = () => {
  const { t } = useTranslation('app');
  return (
    <div className="state">
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <Link to={'/'}>{t('notFound.back')}</Link>
    </div>
  );
};
