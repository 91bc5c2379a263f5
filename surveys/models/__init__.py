from surveys.models.survey import SurveyAnswer, SurveyInvitation

__all__ = ["SurveyAnswer", "SurveyInvitation"]
